namespace InboundProvisioning.Mapping.Writing;

/// <summary>A complex attribute or an extension.</summary>
internal sealed class ObjectNode : ValueNode
{
    private readonly NamedNode[] _members;

    public ObjectNode(NamedNode[] members)
    {
        _members = members;
    }

    public override Emission Write(Row row, RowWriter writer)
    {
        Scim.JsonBuffer json = writer.Json;
        int start = json.Length;
        json.WriteRaw((byte)'{');
        Emission all = Emission.None;
        bool first = true;
        foreach (NamedNode member in _members)
        {
            int before = json.Length;
            json.WriteRaw(first ? member.Name : member.CommaName);
            Emission one = member.Node.Write(row, writer);
            all |= one;
            if (one is Emission.None or Emission.LeftOut)
            {
                json.Length = before;
            }
            else
            {
                first = false;
            }
        }

        if (first && (all & Emission.LeftOut) != 0)
        {
            json.Length = start;
            return Emission.LeftOut;
        }

        json.WriteRaw((byte)'}');
        return first ? Emission.Constant : all;
    }

    public override void AddTo(FlatTemplate.Builder template)
    {
        template.Text("{"u8);
        for (int i = 0; i < _members.Length; i++)
        {
            template.Text(i == 0 ? _members[i].Name : _members[i].CommaName);
            _members[i].Node.AddTo(template);
        }

        template.Text("}"u8);
    }
}
