using System;
using System.Collections.Generic;
using System.Management.Automation.Language;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>Recognises <c>$_.Column</c>, <c>$PSItem.'Column'</c> and <c>$_['Column']</c>.</summary>
internal static class RowColumnReference
{
    // What every object has, whatever its columns.
    private static readonly HashSet<string> Intrinsic = new(StringComparer.OrdinalIgnoreCase)
    {
        "PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames", "Count", "Length",
    };

    public static bool TryGet(ExpressionAst expression, out string column)
    {
        if (expression is MemberExpressionAst { Static: false, Member: StringConstantExpressionAst member } access
            and not InvokeMemberExpressionAst
            && IsRow(access.Expression)
            && !Intrinsic.Contains(member.Value))
        {
            column = member.Value;
            return true;
        }

        if (IsIndexOfRow(expression) && ((IndexExpressionAst)expression).Index is StringConstantExpressionAst key)
        {
            column = key.Value;
            return true;
        }

        column = string.Empty;
        return false;
    }

    /// <summary>Whether an expression is <c>$_[...]</c>, which only some kinds of rows answer.</summary>
    public static bool IsIndexOfRow(Ast expression) => expression is IndexExpressionAst index && IsRow(index.Target);

    /// <summary>Whether an expression is the row itself, <c>$_</c>.</summary>
    public static bool IsRow(ExpressionAst expression) =>
        expression is VariableExpressionAst { Splatted: false } variable
        && (string.Equals(variable.VariablePath.UserPath, "_", StringComparison.Ordinal)
            || string.Equals(variable.VariablePath.UserPath, "PSItem", StringComparison.OrdinalIgnoreCase));
}
