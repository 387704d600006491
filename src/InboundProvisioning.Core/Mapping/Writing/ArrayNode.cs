namespace InboundProvisioning.Mapping.Writing;

/// <summary>A multi-valued attribute.</summary>
internal sealed class ArrayNode : ValueNode
{
    private readonly ValueNode[] _elements;
    private readonly string? _primaryPath;

    /// <param name="elements">The values.</param>
    /// <param name="primaryPath">The path of the attribute, where more than one value could say that it is the primary one.</param>
    public ArrayNode(ValueNode[] elements, string? primaryPath = null)
    {
        _elements = elements;
        _primaryPath = primaryPath;
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
        if (_primaryPath is not null)
        {
            PrimaryCheck.Look(writer, start, _primaryPath);
        }

        return first ? Emission.Constant : all;
    }

    public override void AddTo(FlatTemplate.Builder template)
    {
        if (_primaryPath is not null)
        {
            template.Value(this);
            return;
        }

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
