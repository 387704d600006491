using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A constant that is null or an empty text: the settings say what becomes of it, as of an empty column.</summary>
internal sealed class EmptyConstantNode : ValueNode
{
    private readonly object? _value;
    private readonly ScimAttribute? _attribute;
    private readonly string _path;

    public EmptyConstantNode(object? value, ScimAttribute? attribute, string path)
    {
        _value = value;
        _attribute = attribute;
        _path = path;
    }

    public override Emission Write(Row row, RowWriter writer) => ObjectWriter.Write(_value, _attribute, _path, writer);
}
