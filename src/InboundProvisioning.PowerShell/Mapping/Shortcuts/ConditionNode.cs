using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>True or false.</summary>
internal abstract class ConditionNode : RowNode
{
    private static readonly object True = true;
    private static readonly object False = false;

    public abstract bool Test(Row row);

    public sealed override object? Evaluate(Row row) => Test(row) ? True : False;
}
