using System;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A column of a Boolean attribute, such as active.</summary>
internal sealed class BooleanColumnNode : ValueNode
{
    private readonly int _column;
    private readonly ScimAttribute _attribute;
    private readonly string _path;

    public BooleanColumnNode(int column, ScimAttribute attribute, string path)
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
            return writer.WriteEmptyBoolean(_path);
        }

        if (!BooleanText.TryParse(text, out bool value))
        {
            return writer.Fail("InvalidBoolean", _path, BooleanText.Expected);
        }

        writer.Json.WriteBoolean(value);
        return Emission.Value;
    }
}
