using System;
using System.Text;
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
            return Fail(text, row, writer);
        }

        writer.Json.WriteBoolean(value);
        return Emission.Value;
    }

    private Emission Fail(ReadOnlySpan<byte> text, Row row, RowWriter writer) =>
        writer.Fail("InvalidBoolean", _path, BooleanText.Expected(Encoding.UTF8.GetString(text.ToArray()), _path, row.Columns.Names[_column]));
}
