using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A number, a Boolean or null.</summary>
internal sealed class ConstantNode : RowNode
{
    private readonly object? _value;

    public ConstantNode(object? value)
    {
        _value = value;
    }

    public override object? Evaluate(Row row) => _value;
}
