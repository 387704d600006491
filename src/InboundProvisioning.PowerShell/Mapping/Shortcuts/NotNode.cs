using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary><c>-not</c>, and the operators with a not in them.</summary>
internal sealed class NotNode : ConditionNode
{
    private readonly ConditionNode _condition;

    public NotNode(ConditionNode condition)
    {
        _condition = condition;
    }

    public override bool Test(Row row) => !_condition.Test(row);
}
