using System;
using System.Management.Automation.Language;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary>A date beside <c>[datetime]::Today</c> or <c>[datetime]::Now</c>.</summary>
internal sealed class DateComparisonNode : ConditionNode
{
    private readonly DateNode _date;
    private readonly TokenKind _operator;
    private readonly Func<DateTime> _other;

    public DateComparisonNode(DateNode date, TokenKind @operator, Func<DateTime> other)
    {
        _date = date;
        _operator = @operator;
        _other = other;
    }

    public override bool Test(Row row)
    {
        int order = _date.Read(row).CompareTo(_other());
        return _operator switch
        {
            TokenKind.Ige => order >= 0,
            TokenKind.Igt => order > 0,
            TokenKind.Ile => order <= 0,
            _ => order < 0,
        };
    }
}
