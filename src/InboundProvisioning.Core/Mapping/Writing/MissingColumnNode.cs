using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>An attribute whose column the source does not have.</summary>
internal sealed class MissingColumnNode : ValueNode
{
    private readonly bool _isBoolean;
    private readonly string _path;

    public MissingColumnNode(ScimAttribute? attribute, string path)
    {
        _isBoolean = attribute is { Type: ScimAttributeType.Boolean };
        _path = path;
    }

    public override Emission Write(Row row, RowWriter writer) => _isBoolean ? writer.WriteEmptyBoolean(_path) : writer.WriteMissing();
}
