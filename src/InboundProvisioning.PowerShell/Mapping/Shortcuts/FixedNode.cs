using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A condition that is the same for each row.</summary>
internal sealed class FixedNode : ConditionNode
{
    private readonly bool _value;

    public FixedNode(bool value)
    {
        _value = value;
    }

    public override bool Test(Row row) => _value;
}
