using System.Collections.Generic;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary><c>if</c>, <c>switch</c> and <c>? :</c>: the value of the first condition that is true. Where none is, the other one.</summary>
internal sealed class ChoiceNode : RowNode
{
    private readonly (ConditionNode Condition, RowNode Value)[] _clauses;
    private readonly RowNode _otherwise;

    public ChoiceNode(IReadOnlyList<(ConditionNode Condition, RowNode Value)> clauses, RowNode otherwise)
    {
        _clauses = [.. clauses];
        _otherwise = otherwise;
    }

    public override object? Evaluate(Row row) => Chosen(row).Evaluate(row);

    public override bool TryWrite(Row row, Utf8Text text) => Chosen(row).TryWrite(row, text);

    private RowNode Chosen(Row row)
    {
        foreach ((ConditionNode condition, RowNode value) in _clauses)
        {
            if (condition.Test(row))
            {
                return value;
            }
        }

        return _otherwise;
    }
}
