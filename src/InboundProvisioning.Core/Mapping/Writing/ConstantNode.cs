using System;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>A constant, serialised once.</summary>
internal sealed class ConstantNode : ValueNode
{
    private readonly byte[] _json;

    private ConstantNode(byte[] json)
    {
        _json = json;
    }

    /// <summary>Serialises a constant as <paramref name="attribute"/> takes it.</summary>
    /// <exception cref="InboundProvisioningException">The constant does not fit the attribute.</exception>
    public static ConstantNode Create(object value, ScimAttribute? attribute, string path, Func<object?, object?> unwrap)
    {
        using var json = new JsonBuffer();
        var writer = new RowWriter(json, EmptyValueHandling.EmptyString, unwrap);
        ObjectWriter.Write(value, attribute, path, writer);

        if (writer.Fault is { } fault)
        {
            throw new InboundProvisioningException(
                "InvalidConstant", FaultKind.InvalidArgument, $"The constant that the mapping gives for {path} does not fit: {fault.Reason}");
        }

        return new ConstantNode(json.Written.ToArray());
    }

    public override Emission Write(Row row, RowWriter writer)
    {
        writer.Json.WriteRaw(_json);
        return Emission.Constant;
    }

    public override void AddTo(FlatTemplate.Builder template) => template.Text(_json);
}
