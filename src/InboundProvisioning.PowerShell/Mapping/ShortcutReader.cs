using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using InboundProvisioning.PowerShell.Mapping.Shortcuts;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// Recognises script blocks whose result is known without the engine: one expression, or a choice of expressions, over the columns of the row
/// (<c>$_.Column</c>) and constants. Whatever converts a value, reads a variable, runs a command or could be seen by the next statement is
/// left to the engine. A test puts each form beside the engine, over thousands of values.
/// </summary>
internal sealed class ShortcutReader
{
    private readonly Dictionary<string, ColumnNode> _columns = new(StringComparer.OrdinalIgnoreCase);

    // The line of the statement that is read: what the engine says of an error.
    private int _line;

    // In the clauses of a switch, $_ is what is chosen by.
    private bool _isInSwitch;

    /// <summary>Reads the one statement of a script block.</summary>
    /// <returns>What carries it out, or null when the engine is needed.</returns>
    public static ShortcutExpression? Read(StatementAst statement, ScriptExpression script)
    {
        var reader = new ShortcutReader();
        return reader.Statement(statement) is { } node && reader._columns.Count > 0
            ? new ShortcutExpression(node, reader._columns.Values, script)
            : null;
    }

    private RowNode? Statement(StatementAst statement)
    {
        _line = statement.Extent.StartLineNumber;
        return statement switch
        {
            IfStatementAst choice => If(choice),
            SwitchStatementAst choice => Switch(choice),
            ThrowStatementAst { Pipeline: PipelineAst pipeline } when Pure(pipeline) is { } thrown => Text(thrown) is { } message and not ColumnNode ? new ThrowNode(message, _line) : null,
            PipelineAst pipeline when Pure(pipeline) is { } expression => Value(expression),
            _ => null,
        };
    }

    private ChoiceNode? If(IfStatementAst choice)
    {
        var clauses = new List<(ConditionNode, RowNode)>();
        foreach ((PipelineBaseAst test, StatementBlockAst body) in choice.Clauses)
        {
            _line = test.Extent.StartLineNumber;
            if (test is not PipelineAst pipeline || Pure(pipeline) is not { } expression || Condition(expression) is not { } condition || Body(body) is not { } value)
            {
                return null;
            }

            clauses.Add((condition, value));
        }

        return Body(choice.ElseClause) is { } otherwise ? new ChoiceNode(clauses, otherwise) : null;
    }

    // Each clause that is true gives its value, so no two may be true for the same text.
    private ChoiceNode? Switch(SwitchStatementAst choice)
    {
        bool ignoresCase = (choice.Flags & SwitchFlags.CaseSensitive) == 0;
        if (_isInSwitch || (choice.Flags & ~SwitchFlags.CaseSensitive) != 0 || choice.Label is not null
            || choice.Condition is not PipelineAst pipeline || Pure(pipeline) is not { } expression || Text(expression) is not ColumnNode text)
        {
            return null;
        }

        _isInSwitch = true;
        var clauses = new List<(ConditionNode, RowNode)>();
        var constants = new List<string>();
        foreach ((ExpressionAst test, StatementBlockAst body) in choice.Clauses)
        {
            if (test is not StringConstantExpressionAst constant
                || constant.Value.Length == 0
                || constants.Exists(other => LanguagePrimitives.Equals(constant.Value, other, ignoresCase, CultureInfo.InvariantCulture))
                || Body(body, mayBreak: true) is not { } value)
            {
                return null;
            }

            constants.Add(constant.Value);
            clauses.Add((new EqualityNode(text, [new ConstantTextNode(constant.Value)], ignoresCase), value));
        }

        RowNode? otherwise = Body(choice.Default, mayBreak: true);
        _isInSwitch = false;
        return otherwise is null ? null : new ChoiceNode(clauses, otherwise);
    }

    // No block gives nothing, and so does one without a statement.
    private RowNode? Body(StatementBlockAst? block, bool mayBreak = false)
    {
        if (block is null || block is { Statements.Count: 0, Traps: null or { Count: 0 } })
        {
            return new ConstantNode(null);
        }

        bool isOne = block.Statements.Count == 1 || (mayBreak && block.Statements.Count == 2 && block.Statements[1] is BreakStatementAst { Label: null });
        return isOne && block.Traps is null or { Count: 0 } ? Statement(block.Statements[0]) : null;
    }

    private RowNode? Value(ExpressionAst expression)
    {
        if (Text(expression) is { } text)
        {
            return text;
        }

        switch (expression)
        {
            case ConstantExpressionAst { Value: int or bool } constant:
                return new ConstantNode(constant.Value);
            case VariableExpressionAst variable when variable.VariablePath.UserPath.ToUpperInvariant() is "TRUE" or "FALSE" or "NULL":
                return new ConstantNode(variable.SafeGetValue());
            case ParenExpressionAst { Pipeline: PipelineAst pipeline } when Pure(pipeline) is { } inner:
                return Value(inner);
            default:
                return Ternary(expression) ?? (RowNode?)Test(expression);
        }
    }

    // The type came with PowerShell 7.
    private ChoiceNode? Ternary(ExpressionAst expression) =>
        expression.GetType().Name == "TernaryExpressionAst"
        && Part(expression, "Condition") is { } test && Condition(test) is { } condition
        && Part(expression, "IfTrue") is { } yes && Value(yes) is { } value
        && Part(expression, "IfFalse") is { } no && Value(no) is { } otherwise
            ? new ChoiceNode([(condition, value)], otherwise)
            : null;

    private static ExpressionAst? Part(ExpressionAst expression, string name) => expression.GetType().GetProperty(name)?.GetValue(expression) as ExpressionAst;

    // What decides: a text that is not empty does too.
    private ConditionNode? Condition(ExpressionAst expression)
    {
        if (Text(expression) is { } text)
        {
            return new NotEmptyNode(text, ignoresSpace: false);
        }

        return expression switch
        {
            ParenExpressionAst { Pipeline: PipelineAst pipeline } when Pure(pipeline) is { } inner => Condition(inner),
            VariableExpressionAst variable when variable.VariablePath.UserPath.ToUpperInvariant() is "TRUE" or "FALSE" => new FixedNode((bool)variable.SafeGetValue()),
            _ => Test(expression),
        };
    }

    // What is true or false.
    private ConditionNode? Test(ExpressionAst expression)
    {
        switch (expression)
        {
            case UnaryExpressionAst { TokenKind: TokenKind.Not or TokenKind.Exclaim } not:
                return Condition(not.Child) is { } condition ? new NotNode(condition) : null;
            case BinaryExpressionAst { Operator: TokenKind.And or TokenKind.Or or TokenKind.Xor } both:
                return Condition(both.Left) is { } left && Condition(both.Right) is { } right ? new LogicNode(both.Operator, left, right) : null;
            case BinaryExpressionAst comparison:
                return Comparison(comparison);
            case InvokeMemberExpressionAst { Static: true, Arguments: [var argument], Member: StringConstantExpressionAst method } call:
                return Text(argument) is { } text ? StaticTest(call, method.Value, text) : null;
            default:
                return null;
        }
    }

    private ConditionNode? StaticTest(InvokeMemberExpressionAst call, string method, TextNode text) => (TypeOf(call.Expression), method.ToUpperInvariant()) switch
    {
        ("BOOL" or "BOOLEAN" or "SYSTEM.BOOLEAN", "PARSE") => new BooleanParseNode(text, new EngineCall(method, 1, _line)),
        ("STRING" or "SYSTEM.STRING", "ISNULLOREMPTY") => new NotNode(new NotEmptyNode(text, ignoresSpace: false)),
        ("STRING" or "SYSTEM.STRING", "ISNULLORWHITESPACE") => new NotNode(new NotEmptyNode(text, ignoresSpace: true)),
        _ => null,
    };

    private ConditionNode? Comparison(BinaryExpressionAst comparison)
    {
        TokenKind @operator = comparison.Operator;
        switch (@operator)
        {
            case TokenKind.Ieq or TokenKind.Ceq or TokenKind.Ine or TokenKind.Cne:
                return Text(comparison.Left) is { } left && Text(comparison.Right) is { } right
                    ? Equality(left, right, @operator is TokenKind.Ieq or TokenKind.Ine, isNot: @operator is TokenKind.Ine or TokenKind.Cne)
                    : null;
            case TokenKind.Iin or TokenKind.Cin or TokenKind.Inotin or TokenKind.Cnotin:
                return OneOf(comparison.Left, comparison.Right, @operator is TokenKind.Iin or TokenKind.Inotin, isNot: @operator is TokenKind.Inotin or TokenKind.Cnotin);
            case TokenKind.Icontains or TokenKind.Ccontains or TokenKind.Inotcontains or TokenKind.Cnotcontains:
                return OneOf(
                    comparison.Right, comparison.Left, @operator is TokenKind.Icontains or TokenKind.Inotcontains, isNot: @operator is TokenKind.Inotcontains or TokenKind.Cnotcontains);
            case TokenKind.Imatch or TokenKind.Cmatch or TokenKind.Inotmatch or TokenKind.Cnotmatch:
                return Text(comparison.Left) is { } text && comparison.Right is StringConstantExpressionAst constant
                    && Pattern(constant.Value, @operator is TokenKind.Imatch or TokenKind.Inotmatch) is { } pattern
                        ? Not(new MatchNode(text, pattern), @operator is TokenKind.Inotmatch or TokenKind.Cnotmatch)
                        : null;
            case TokenKind.Ige or TokenKind.Igt or TokenKind.Ile or TokenKind.Ilt:
                return Date(comparison.Left) is { } date && Moment(comparison.Right) is { } moment ? new DateComparisonNode(date, @operator, moment) : null;
            default:
                return null;
        }
    }

    // A column first, which can be compared byte by byte.
    private static ConditionNode Equality(TextNode left, TextNode right, bool ignoresCase, bool isNot) =>
        Not(right is ColumnNode && left is not ColumnNode ? new EqualityNode(right, [left], ignoresCase) : new EqualityNode(left, [right], ignoresCase), isNot);

    private ConditionNode? OneOf(ExpressionAst one, ExpressionAst several, bool ignoresCase, bool isNot) =>
        Constants(several) is { Count: > 0 } constants && Text(one) is { } text
            ? Not(new EqualityNode(text, [.. constants.Select(static constant => new ConstantTextNode(constant))], ignoresCase), isNot)
            : null;

    private static ConditionNode Not(ConditionNode condition, bool isNot) => isNot ? new NotNode(condition) : condition;

    private static List<string>? Constants(ExpressionAst expression)
    {
        switch (expression)
        {
            case StringConstantExpressionAst text:
                return [text.Value];
            case ParenExpressionAst { Pipeline: PipelineAst pipeline } when Pure(pipeline) is { } inner:
                return Constants(inner);
            case ArrayExpressionAst { SubExpression: { Statements: [PipelineAst pipeline], Traps: null or { Count: 0 } } } when Pure(pipeline) is { } inner:
                return Constants(inner);
            case ArrayLiteralAst array when array.Elements.All(static element => element is StringConstantExpressionAst):
                return [.. array.Elements.Select(static element => ((StringConstantExpressionAst)element).Value)];
            default:
                return null;
        }
    }

    private static Regex? Pattern(string pattern, bool ignoresCase)
    {
        try
        {
            return new Regex(pattern, ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        }
        catch (ArgumentException)
        {
            // The engine says so.
            return null;
        }
    }

    private DateNode? Date(ExpressionAst expression)
    {
        if (expression is not InvokeMemberExpressionAst { Static: true, Member: StringConstantExpressionAst { Value: var method }, Arguments: [var argument, var format, var provider, ..] arguments } call
            || !string.Equals(method, nameof(DateTime.ParseExact), StringComparison.OrdinalIgnoreCase)
            || TypeOf(call.Expression) is not ("DATETIME" or "SYSTEM.DATETIME")
            || Culture(provider) is not { } culture
            || Text(argument) is not { } text)
        {
            return null;
        }

        var engineCall = new EngineCall(method, arguments.Count, _line);
        return (arguments.Count, format) switch
        {
            (3, StringConstantExpressionAst one) => new DateNode(text, [one.Value], hasSeveral: false, culture, engineCall),
            (4, ConvertExpressionAst { Type.TypeName: var type, Child: var child })
                when type.FullName.ToUpperInvariant() is "STRING[]" && arguments[3] is StringConstantExpressionAst { Value: "None" } && Constants(child) is { } several =>
                new DateNode(text, [.. several], hasSeveral: true, culture, engineCall),
            _ => null,
        };
    }

    private static CultureInfo? Culture(ExpressionAst expression) => expression switch
    {
        VariableExpressionAst variable when variable.VariablePath.UserPath.ToUpperInvariant() is "NULL" => CultureInfo.CurrentCulture,
        MemberExpressionAst { Static: true, Member: StringConstantExpressionAst { Value: var name } } member and not InvokeMemberExpressionAst
            when string.Equals(name, nameof(CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase)
                && TypeOf(member.Expression) is "CULTUREINFO" or "GLOBALIZATION.CULTUREINFO" or "SYSTEM.GLOBALIZATION.CULTUREINFO" => CultureInfo.InvariantCulture,
        _ => null,
    };

    private static Func<DateTime>? Moment(ExpressionAst expression)
    {
        if (expression is not MemberExpressionAst { Static: true, Member: StringConstantExpressionAst { Value: var name } } member
            || expression is InvokeMemberExpressionAst
            || TypeOf(member.Expression) is not ("DATETIME" or "SYSTEM.DATETIME"))
        {
            return null;
        }

        return name.ToUpperInvariant() switch
        {
            "TODAY" => static () => DateTime.Today,
            "NOW" => static () => DateTime.Now,
            _ => null,
        };
    }

    private TextNode? Text(ExpressionAst expression)
    {
        switch (expression)
        {
            case StringConstantExpressionAst constant:
                return new ConstantTextNode(constant.Value);
            case ExpandableStringExpressionAst expandable:
                return Expandable(expandable);
            case ParenExpressionAst { Pipeline: PipelineAst pipeline } when Pure(pipeline) is { } inner:
                return Text(inner);
            case BinaryExpressionAst { Operator: TokenKind.Plus } sum:
                return Text(sum.Left) is { } left && Text(sum.Right) is { } right ? new SumNode(left, right) : null;
            case BinaryExpressionAst { Operator: TokenKind.Ireplace or TokenKind.Creplace } replace:
                return Replace(replace);
            case InvokeMemberExpressionAst { Static: false, Member: StringConstantExpressionAst method } call:
                return Method(call, method.Value);
            case MemberExpressionAst and not InvokeMemberExpressionAst when !_isInSwitch && RowColumnReference.TryGet(expression, out string name):
                return Column(name);
            default:
                return null;
        }
    }

    private ColumnNode Column(string name)
    {
        if (!_columns.TryGetValue(name, out ColumnNode? column))
        {
            column = new ColumnNode(name);
            _columns.Add(name, column);
        }

        return column;
    }

    private RegexReplaceNode? Replace(BinaryExpressionAst replace)
    {
        (ExpressionAst? pattern, string? with) = replace.Right switch
        {
            StringConstantExpressionAst only => (only, string.Empty),
            ArrayLiteralAst { Elements: [var first, StringConstantExpressionAst second] } => (first, second.Value),
            _ => ((ExpressionAst?)null, (string?)null),
        };
        return pattern is StringConstantExpressionAst { Value: var text } && with is not null
            && Pattern(text, ignoresCase: replace.Operator == TokenKind.Ireplace) is { } regex
            && Text(replace.Left) is { } target
                ? new RegexReplaceNode(target, regex, with)
                : null;
    }

    private TextNode? Method(InvokeMemberExpressionAst call, string method)
    {
        ExpressionAst[] arguments = call.Arguments?.ToArray() ?? [];
        if (Text(call.Expression) is { } target)
        {
            return MethodNode.Create(target, method, [.. arguments.Select(static argument => (argument as ConstantExpressionAst)?.Value)], _line);
        }

        return string.Equals(method, nameof(DateTime.ToString), StringComparison.OrdinalIgnoreCase)
            && arguments is [StringConstantExpressionAst { Value: { Length: > 1 } or "s" or "o" } format]
            && Date(call.Expression) is { } date
                ? new DateTextNode(date, format.Value, CultureInfo.CurrentCulture)
                : null;
    }

    private ExpandableNode? Expandable(ExpandableStringExpressionAst expandable)
    {
        // A plain "...": what stands between the expressions is the text itself.
        string source = expandable.Extent.Text;
        if (expandable.StringConstantType != StringConstantType.DoubleQuoted || source.Length < 2)
        {
            return null;
        }

        var parts = new List<TextNode>();
        int offset = expandable.Extent.StartOffset;
        int done = 1;
        foreach (ExpressionAst nested in expandable.NestedExpressions)
        {
            if (nested is not SubExpressionAst { SubExpression: { Statements: [PipelineAst pipeline], Traps: null or { Count: 0 } } }
                || Pure(pipeline) is not { } inner
                || Text(inner) is not { } part
                || !AddText(nested.Extent.StartOffset - offset))
            {
                return null;
            }

            parts.Add(part);
            done = nested.Extent.EndOffset - offset;
        }

        return AddText(source.Length - 1) ? new ExpandableNode([.. parts]) : null;

        // A quote is doubled there, or of a kind that the parser takes for one, and a backtick escapes.
        bool AddText(int end)
        {
            string text = source.Substring(done, end - done);
            if (text.IndexOfAny(['"', '\u201C', '\u201D', '\u201E', '$', '`']) >= 0)
            {
                return false;
            }

            parts.Add(new ConstantTextNode(text));
            return true;
        }
    }

    // The expression of a pipeline that is nothing but one, and does not run in the background.
    private static ExpressionAst? Pure(PipelineAst pipeline) => ScriptAnalysis.IsBackground(pipeline) ? null : pipeline.GetPureExpression();

    private static string TypeOf(ExpressionAst expression) => expression is TypeExpressionAst type ? type.TypeName.FullName.ToUpperInvariant() : string.Empty;
}
