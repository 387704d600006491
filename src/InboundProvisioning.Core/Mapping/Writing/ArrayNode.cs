namespace InboundProvisioning.Mapping.Writing;

/// <summary>A multi-valued attribute.</summary>
internal sealed class ArrayNode : ValueNode
{
    private readonly ValueNode[] _elements;

    public ArrayNode(ValueNode[] elements)
    {
        _elements = elements;
    }

    public override Emission Write(Row row, RowWriter writer)
    {
        Scim.JsonBuffer json = writer.Json;
        int start = json.Length;
        json.WriteRaw((byte)'[');
        Emission all = Emission.None;
        bool first = true;
        foreach (ValueNode element in _elements)
        {
            int before = json.Length;
            if (!first)
            {
                json.WriteRaw((byte)',');
            }

            Emission one = element.Write(row, writer);

            // A telephone number of which only its type is left is no telephone number.
            bool onlyConstantsLeft = (one & (Emission.Value | Emission.LeftOut)) == Emission.LeftOut;
            if (onlyConstantsLeft)
            {
                json.Length = before;
                all |= Emission.LeftOut;
            }
            else
            {
                all |= one;
                first = false;
            }
        }

        if (first && (all & Emission.LeftOut) != 0)
        {
            json.Length = start;
            return Emission.LeftOut;
        }

        json.WriteRaw((byte)']');
        return first ? Emission.Constant : all;
    }

    public override void AddTo(FlatTemplate.Builder template)
    {
        template.Text("["u8);
        for (int i = 0; i < _elements.Length; i++)
        {
            if (i > 0)
            {
                template.Text(","u8);
            }

            _elements[i].AddTo(template);
        }

        template.Text("]"u8);
    }
}
