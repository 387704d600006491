using System.Management.Automation.Language;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping.Shortcuts;

/// <summary><c>-and</c>, <c>-or</c> and <c>-xor</c>.</summary>
internal sealed class LogicNode : ConditionNode
{
    private readonly TokenKind _operator;
    private readonly ConditionNode _left;
    private readonly ConditionNode _right;

    public LogicNode(TokenKind @operator, ConditionNode left, ConditionNode right)
    {
        _operator = @operator;
        _left = left;
        _right = right;
    }

    public override bool Test(Row row) => _operator switch
    {
        TokenKind.And => _left.Test(row) && _right.Test(row),
        TokenKind.Or => _left.Test(row) || _right.Test(row),
        _ => _left.Test(row) ^ _right.Test(row),
    };
}
