using System.Management.Automation;
using System.Management.Automation.Language;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// Finds out what a script block of a mapping does: a constant, and what <see cref="ShortcutReader"/> recognises, are done without the engine, with the
/// engine's own result; all else runs.
/// </summary>
internal static class ScriptBlockReader
{
    /// <summary>Reads a script block, also one in the extra wrapping that Import-PowerShellDataFile gives it.</summary>
    public static MappingValue Read(ScriptBlock script, ScriptContext scripts)
    {
        var ast = (ScriptBlockAst)script.Ast;
        if (script.Module is null && OnlyExpression(ast) is ScriptBlockExpressionAst wrapped)
        {
            return Read(wrapped.ScriptBlock.GetScriptBlock(), scripts);
        }

        ExpressionAst? expression = OnlyExpression(ast);
        if (expression is not null && TryGetConstant(expression, out object? constant))
        {
            return new ConstantValue(constant);
        }

        string text = ast.Extent.Text;
        var run = new ScriptExpression(script, scripts);
        ValueShape shape = expression is null ? ValueShape.Unknown : ShapeOf(expression);

        // Which rows have an index is for the engine to say.
        IRowExpression? shortcut = run.IndexesRow || OnlyStatement(ast) is not { } statement ? null : ShortcutReader.Read(statement, run);
        return new ExpressionValue(shortcut ?? run, shape) { Text = text };
    }

    private static ValueShape ShapeOf(ExpressionAst expression) => expression switch
    {
        HashtableAst => ValueShape.Complex,
        ConvertExpressionAst { Child: HashtableAst } convert when IsObject(convert.Type.TypeName.FullName) => ValueShape.Complex,
        ExpandableStringExpressionAst => ValueShape.Simple,
        BinaryExpressionAst { Operator: TokenKind.And or TokenKind.Or or TokenKind.Xor or TokenKind.Format or TokenKind.Join } => ValueShape.Simple,
        BinaryExpressionAst { Operator: TokenKind.Plus, Left: StringConstantExpressionAst or ExpandableStringExpressionAst } => ValueShape.Simple,
        ArrayLiteralAst { Elements.Count: > 1 } => ValueShape.Several,
        ParenExpressionAst { Pipeline: PipelineAst pipeline } when pipeline.GetPureExpression() is { } inner => ShapeOf(inner),
        _ => ValueShape.Unknown,
    };

    private static bool IsObject(string typeName) => typeName.ToUpperInvariant() is "PSCUSTOMOBJECT" or "ORDERED" or "HASHTABLE";

    private static bool TryGetConstant(ExpressionAst expression, out object? value)
    {
        switch (expression)
        {
            case StringConstantExpressionAst text:
                value = text.Value;
                return true;
            case ConstantExpressionAst constant:
                value = constant.Value;
                return true;
            case VariableExpressionAst variable when variable.VariablePath.UserPath.ToUpperInvariant() is "TRUE" or "FALSE" or "NULL":
                value = variable.SafeGetValue();
                return true;
            default:
                value = null;
                return false;
        }
    }

    // The expression of a script block that is nothing but one.
    private static ExpressionAst? OnlyExpression(ScriptBlockAst script) =>
        OnlyStatement(script) is PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } command] } ? command.Expression : null;

    private static StatementAst? OnlyStatement(ScriptBlockAst script) =>
        script.ParamBlock is null && script.BeginBlock is null && script.ProcessBlock is null
        && script.DynamicParamBlock is null && script.EndBlock is { Statements.Count: 1, Traps: null or { Count: 0 } }
            ? script.EndBlock.Statements[0]
            : null;
}
