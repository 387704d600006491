using System;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A column of a complex attribute: an input object can hold an object there, a file only text.</summary>
internal sealed class ComplexColumnNode : ValueNode
{
    private readonly int _column;
    private readonly ScimAttribute _attribute;
    private readonly string _path;

    public ComplexColumnNode(int column, ScimAttribute attribute, string path)
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

        return text.IsEmpty
            ? writer.WriteEmpty()
            : writer.Fail("ComplexValueExpected", _path, ShapeFault.ComplexValueExpected(_attribute));
    }
}
