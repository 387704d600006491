using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>What can be said of a script block from its syntax.</summary>
internal sealed class ScriptAnalysis
{
    // Types whose methods neither run scripts nor look at the session.
    private static readonly HashSet<string> PlainTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "string", "char", "bool", "int", "long", "double", "decimal", "datetime", "datetimeoffset", "timespan", "guid", "math", "convert",
        "regex", "version", "uri", "array", "cultureinfo", "System.Math", "System.Convert", "System.String", "System.DateTime",
        "System.DateTimeOffset", "System.TimeSpan", "System.Guid", "System.Globalization.CultureInfo", "pscustomobject", "ordered", "hashtable",
    };

    // Variables of the engine that stand for more than a value, or whose value depends on how a script is run.
    private static readonly HashSet<string> AutomaticVariables = new(StringComparer.OrdinalIgnoreCase)
    {
        "args", "input", "this", "matches", "error", "?", "$", "^", "ExecutionContext", "MyInvocation", "PSBoundParameters", "PSCmdlet",
        "PSScriptRoot", "PSCommandPath", "foreach", "switch", "StackTrace", "ErrorActionPreference",
    };

    private ScriptAnalysis(IReadOnlyCollection<string> columns, bool isSimple, bool isPlain, bool indexesRow)
    {
        IndexesRow = indexesRow;
        Columns = columns;
        IsSimple = isSimple;
        IsPlain = isPlain;
    }

    /// <summary>The columns that the script block is seen to read, <c>$_.Column</c> and <c>$_['Column']</c>.</summary>
    public IReadOnlyCollection<string> Columns { get; }

    /// <summary>
    /// Whether the script block is an expression, or a choice of expressions, of <c>$_.Column</c>, literals and plain .NET methods:
    /// it can set no variable, run no command and see nothing of the row but the columns that it names.
    /// </summary>
    public bool IsSimple { get; }

    /// <summary>Whether the script block is statements without commands, so that all its errors are its own.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether <c>$_[...]</c> is in it.</summary>
    public bool IndexesRow { get; }

    public static ScriptAnalysis Of(ScriptBlockAst script)
    {
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        bool indexesRow = false;
        foreach (Ast ast in script.FindAll(static ast => ast is MemberExpressionAst or IndexExpressionAst, searchNestedScriptBlocks: false).Where(IsOfRow))
        {
            indexesRow |= RowColumnReference.IsIndexOfRow(ast);
            if (RowColumnReference.TryGet((ExpressionAst)ast, out string column))
            {
                columns.Add(column);
            }
        }

        bool hasOnlyStatements = script.ParamBlock is null && script.BeginBlock is null && script.ProcessBlock is null
            && script.DynamicParamBlock is null && script.EndBlock is { Traps: null or { Count: 0 } };
        bool isSimple = hasOnlyStatements && script.FindAll(static _ => true, searchNestedScriptBlocks: true).All(IsSimpleNode);
        bool isPlain = hasOnlyStatements && script.Find(RunsMore, searchNestedScriptBlocks: true) is null;
        return new ScriptAnalysis(columns, isSimple, isPlain, indexesRow);
    }

    // A command, a script block of its own, or one that is invoked as an object.
    private static bool RunsMore(Ast ast) => ast is CommandAst or ScriptBlockExpressionAst
        || (ast is InvokeMemberExpressionAst { Member: var member }
            && !(member is StringConstantExpressionAst name && !name.Value.StartsWith("Invoke", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether <c>$_</c> is the row there: in a catch, a trap and the clauses of a switch it is something else.</summary>
    public static bool IsOfRow(Ast ast)
    {
        for (Ast child = ast, parent = ast.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is CatchClauseAst or TrapStatementAst || (parent is SwitchStatementAst choice && !ReferenceEquals(choice.Condition, child)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSimpleNode(Ast ast) => ast switch
    {
        ScriptBlockAst => ast.Parent is null or ScriptBlockExpressionAst,
        NamedBlockAst or StatementBlockAst or IfStatementAst => true,
        PipelineAst pipeline => pipeline.PipelineElements.Count == 1 && !IsBackground(pipeline),
        CommandExpressionAst expression => expression.Redirections.Count == 0,
        BinaryExpressionAst binary => binary.Operator is not (TokenKind.Imatch or TokenKind.Cmatch or TokenKind.Inotmatch or TokenKind.Cnotmatch),
        UnaryExpressionAst unary => unary.TokenKind is TokenKind.Not or TokenKind.Exclaim or TokenKind.Minus or TokenKind.Plus,
        VariableExpressionAst variable => IsSimpleVariable(variable),
        InvokeMemberExpressionAst { Static: true } call => IsPlainType(call.Expression),
        MemberExpressionAst { Static: true } access => IsPlainType(access.Expression),
        MemberExpressionAst access => access.Member is StringConstantExpressionAst
            && (!RowColumnReference.IsRow(access.Expression) || RowColumnReference.TryGet(access, out _)),
        TypeConstraintAst constraint => PlainTypes.Contains(constraint.TypeName.FullName),
        TypeExpressionAst type => PlainTypes.Contains(type.TypeName.FullName),
        ConvertExpressionAst or StringConstantExpressionAst or ConstantExpressionAst or ExpandableStringExpressionAst => true,
        ParenExpressionAst or SubExpressionAst or ArrayExpressionAst or ArrayLiteralAst or HashtableAst or IndexExpressionAst => true,
        _ => ast.GetType().Name == "TernaryExpressionAst",
    };

    private static bool IsSimpleVariable(VariableExpressionAst variable)
    {
        if (RowColumnReference.IsRow(variable))
        {
            return variable.Parent is MemberExpressionAst member && ReferenceEquals(member.Expression, variable)
                && member is not InvokeMemberExpressionAst;
        }

        // Other variables are read only, and not asked for members, which could be scripts that see the row.
        return !variable.Splatted && variable.VariablePath.IsUnqualified && !AutomaticVariables.Contains(variable.VariablePath.UserPath)
            && !(variable.Parent is MemberExpressionAst access && ReferenceEquals(access.Expression, variable));
    }

    private static bool IsPlainType(ExpressionAst expression) =>
        expression is TypeExpressionAst type && PlainTypes.Contains(type.TypeName.FullName);

    /// <summary>Whether a pipeline is a job: PipelineAst.Background came with PowerShell 6, so by the "&amp;" at the end of its text.</summary>
    public static bool IsBackground(PipelineAst pipeline) => pipeline.Extent.Text.TrimEnd() is [.., '&'];
}
