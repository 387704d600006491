using System;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A column of an attribute that is a whole number or a point in time.</summary>
internal sealed class TypedColumnNode : ValueNode
{
    private readonly int _column;
    private readonly ScimAttribute _attribute;
    private readonly string _path;

    public TypedColumnNode(int column, ScimAttribute attribute, string path)
    {
        _column = column;
        _attribute = attribute;
        _path = path;
    }

    public override Emission Write(Row row, RowWriter writer) => row.TryGetText(_column, out ReadOnlySpan<byte> text)
        ? TypedValue.Write(text, _attribute.Type, _path, writer)
        : ObjectWriter.Write(row.GetValue(_column), _attribute, _path, writer);
}
