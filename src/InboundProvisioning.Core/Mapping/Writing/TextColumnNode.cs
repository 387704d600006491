using System;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A column whose text goes out as it is.</summary>
internal sealed class TextColumnNode : ValueNode
{
    private readonly int _column;
    private readonly ScimAttribute? _attribute;
    private readonly string _path;

    public TextColumnNode(int column, ScimAttribute? attribute, string path)
    {
        _column = column;
        _attribute = attribute;
        _path = path;
    }

    public override Emission Write(Row row, RowWriter writer)
    {
        if (!row.TryGetText(_column, out ReadOnlySpan<byte> text))
        {
            return ObjectWriter.Write(row.GetValue(_column), _attribute, _path, writer);
        }

        if (text.IsEmpty)
        {
            return writer.WriteEmpty();
        }

        if (row.IsPlain)
        {
            writer.Json.WritePlainString(text);
        }
        else
        {
            writer.Json.WriteString(text);
        }

        return Emission.Value;
    }
}
