using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// A comparison in a script block, as its syntax shows it: of a column with constants or another column, or whether a column is empty. White
/// space around a value must not decide it: <c>'Active ' -eq 'Active'</c> is false, and an account would be disabled.
/// </summary>
internal sealed class ColumnComparison
{
    private readonly string _text;
    private readonly ComparedColumn? _left;
    private readonly ComparedColumn? _right;
    private readonly Func<object?, object?, bool> _compare;

    private ColumnComparison(string text, ComparedColumn? left, ComparedColumn? right, Func<object?, object?, bool> compare)
    {
        _text = text;
        _left = left;
        _right = right;
        _compare = compare;
    }

    /// <summary>The comparisons of a script block.</summary>
    public static IReadOnlyList<ColumnComparison> FindAll(ScriptBlockAst script) =>
    [
        .. script.FindAll(static _ => true, searchNestedScriptBlocks: false).Where(ScriptAnalysis.IsOfRow).SelectMany(Find),
    ];

    public void Bind(RowColumns columns)
    {
        _left?.Bind(columns);
        _right?.Bind(columns);
    }

    /// <summary>Compares once more without the white space around values, where there is any.</summary>
    /// <exception cref="RowExpressionException">That gives another result.</exception>
    public void RequireNoSpaceDecides(Row row)
    {
        bool isAround = _left?.HasSpaceAround(row) == true;
        if (!isAround && _right?.HasSpaceAround(row) != true)
        {
            return;
        }

        string? left = _left?.Text(row);
        string? right = _right?.Text(row);
        if (_compare(left, right) != _compare(Trimmed(left), Trimmed(right)))
        {
            string value = ShownValue.Quote((isAround ? left : right)!);
            string remedy = row.Trims ? "-Trim does not reach into objects of that type: correct it." : "Correct it, or take white space off every column with -Trim.";
            throw new RowExpressionException(
                "WhiteSpaceAround",
                $"The white space around {value} in the column '{(isAround ? _left : _right)!.Name}' alone decides {ShownValue.Cut(_text)}. {remedy}");
        }
    }

    private static string? Trimmed(string? text) => text is null ? null : SurroundingSpace.Trim(text);

    private static IEnumerable<ColumnComparison> Find(Ast ast)
    {
        switch (ast)
        {
            case BinaryExpressionAst { Operator: TokenKind.And or TokenKind.Or or TokenKind.Xor } both:
                return Truth(both.Left).Concat(Truth(both.Right));
            case BinaryExpressionAst binary:
                return Binary(binary);
            case UnaryExpressionAst { TokenKind: TokenKind.Not or TokenKind.Exclaim } not:
                return Truth(not.Child);
            case ConvertExpressionAst convert when convert.Type.TypeName.FullName.ToUpperInvariant() is "BOOL" or "BOOLEAN" or "SYSTEM.BOOLEAN":
                return Truth(convert.Child);
            case IfStatementAst choice:
                return choice.Clauses.SelectMany(static clause => (clause.Item1 as PipelineAst)?.GetPureExpression() is { } condition ? Truth(condition) : []);
            case SwitchStatementAst choice when (choice.Flags & ~SwitchFlags.CaseSensitive) == 0:
                return Switch(choice);
            case InvokeMemberExpressionAst { Static: true, Arguments: [var argument], Member: StringConstantExpressionAst { Value: var method } }
                when string.Equals(method, nameof(string.IsNullOrEmpty), StringComparison.OrdinalIgnoreCase):
                return Truth(argument);
            default:
                // The type came with PowerShell 7.
                return ast.GetType().Name == "TernaryExpressionAst" && ast.GetType().GetProperty("Condition")?.GetValue(ast) is ExpressionAst decides
                    ? Truth(decides)
                    : [];
        }
    }

    private static IEnumerable<ColumnComparison> Truth(ExpressionAst expression)
    {
        if (GetColumn(expression) is { } column)
        {
            yield return new ColumnComparison($"whether {expression.Extent.Text} is empty", column, null, static (value, _) => LanguagePrimitives.IsTrue(value));
        }
    }

    private static IEnumerable<ColumnComparison> Switch(SwitchStatementAst choice)
    {
        if ((choice.Condition as PipelineAst)?.GetPureExpression() is not { } condition || GetColumn(condition) is not { } column)
        {
            yield break;
        }

        bool ignoresCase = (choice.Flags & SwitchFlags.CaseSensitive) == 0;
        foreach (ExpressionAst clause in choice.Clauses.Select(static clause => clause.Item1))
        {
            if (TryGetConstants(clause, out object?[] constants) && constants.Length == 1)
            {
                object? constant = constants[0];
                yield return new ColumnComparison(
                    $"the choice of {clause.Extent.Text} by {condition.Extent.Text}", column, null, (value, _) => AreEqual(value, constant, ignoresCase));
            }
        }
    }

    private static IEnumerable<ColumnComparison> Binary(BinaryExpressionAst binary)
    {
        ComparedColumn? left = GetColumn(binary.Left);
        ComparedColumn? right = GetColumn(binary.Right);
        bool isLeft = left is not null;
        bool isRight = right is not null;
        object?[] constants = [];
        if ((!isLeft && !isRight)
            || (!isLeft && !TryGetConstants(binary.Left, out constants))
            || (!isRight && !TryGetConstants(binary.Right, out constants))
            || Operation(binary.Operator) is not { } operation)
        {
            yield break;
        }

        object? one = constants.Length == 1 ? constants[0] : constants;
        yield return new ColumnComparison(
            binary.Extent.Text,
            left,
            right,
            (leftValue, rightValue) => operation(isLeft ? leftValue : one, isRight ? rightValue : one));
    }

    // What the operator answers, apart from a not in it.
    private static Func<object?, object?, bool>? Operation(TokenKind @operator) => @operator switch
    {
        TokenKind.Ieq or TokenKind.Ine => static (left, right) => AreEqual(left, right, ignoresCase: true),
        TokenKind.Ceq or TokenKind.Cne => static (left, right) => AreEqual(left, right, ignoresCase: false),
        TokenKind.Iin or TokenKind.Inotin => static (left, right) => Several(right).Any(item => AreEqual(item, left, ignoresCase: true)),
        TokenKind.Cin or TokenKind.Cnotin => static (left, right) => Several(right).Any(item => AreEqual(item, left, ignoresCase: false)),
        TokenKind.Icontains or TokenKind.Inotcontains => static (left, right) => Several(left).Any(item => AreEqual(item, right, ignoresCase: true)),
        TokenKind.Ccontains or TokenKind.Cnotcontains => static (left, right) => Several(left).Any(item => AreEqual(item, right, ignoresCase: false)),
        TokenKind.Ilike or TokenKind.Inotlike => static (left, right) => IsLike(left, right, WildcardOptions.IgnoreCase),
        TokenKind.Clike or TokenKind.Cnotlike => static (left, right) => IsLike(left, right, WildcardOptions.None),
        TokenKind.Igt or TokenKind.Ile => static (left, right) => Compare(left, right, ignoresCase: true) > 0,
        TokenKind.Cgt or TokenKind.Cle => static (left, right) => Compare(left, right, ignoresCase: false) > 0,
        TokenKind.Ige or TokenKind.Ilt => static (left, right) => Compare(left, right, ignoresCase: true) >= 0,
        TokenKind.Cge or TokenKind.Clt => static (left, right) => Compare(left, right, ignoresCase: false) >= 0,
        _ => null,
    };

    private static object?[] Several(object? value) => value as object?[] ?? [value];

    private static bool AreEqual(object? left, object? right, bool ignoresCase) =>
        LanguagePrimitives.Equals(left, right, ignoresCase, CultureInfo.InvariantCulture);

    private static bool IsLike(object? left, object? right, WildcardOptions options) =>
        new WildcardPattern(Convert.ToString(right, CultureInfo.InvariantCulture), options | WildcardOptions.CultureInvariant)
            .IsMatch(Convert.ToString(left, CultureInfo.InvariantCulture) ?? string.Empty);

    private static int Compare(object? left, object? right, bool ignoresCase)
    {
        try
        {
            return LanguagePrimitives.Compare(left, right, ignoresCase, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidCastException)
        {
            // The engine will say so.
            return 0;
        }
    }

    // $_.Status, ($_.Status), [string]$_.Status, and what is inside of values: $_.work.status, $_.mails[0].kind.
    private static ComparedColumn? GetColumn(ExpressionAst expression)
    {
        switch (expression)
        {
            case ParenExpressionAst { Pipeline: PipelineAst pipeline } when pipeline.GetPureExpression() is { } inner:
                return GetColumn(inner);
            case ConvertExpressionAst convert when convert.Type.TypeName.FullName.ToUpperInvariant() is "STRING" or "SYSTEM.STRING":
                return GetColumn(convert.Child);
            case ExpressionAst when RowColumnReference.TryGet(expression, out string column):
                return new ComparedColumn(column);
            case MemberExpressionAst { Static: false, Member: StringConstantExpressionAst member } access and not InvokeMemberExpressionAst:
                return GetColumn(access.Expression)?.Inside(member.Value);
            case IndexExpressionAst { Index: StringConstantExpressionAst key } index:
                return GetColumn(index.Target)?.Inside(key.Value);
            case IndexExpressionAst { Index: ConstantExpressionAst { Value: int and >= 0 and int number } } index:
                return GetColumn(index.Target)?.Inside(number);
            default:
                return null;
        }
    }

    // A constant with white space around it was meant so.
    private static bool TryGetConstants(ExpressionAst expression, out object?[] constants)
    {
        switch (expression)
        {
            case StringConstantExpressionAst text:
                constants = [text.Value];
                return !SurroundingSpace.IsAround(text.Value);
            case ConstantExpressionAst constant:
                constants = [constant.Value];
                return true;
            case VariableExpressionAst variable when variable.VariablePath.UserPath.ToUpperInvariant() is "TRUE" or "FALSE" or "NULL":
                constants = [variable.SafeGetValue()];
                return true;
            case ParenExpressionAst { Pipeline: PipelineAst pipeline } when pipeline.GetPureExpression() is { } inner:
                return TryGetConstants(inner, out constants);
            case ArrayExpressionAst { SubExpression.Statements: [PipelineAst pipeline] } when pipeline.GetPureExpression() is { } inner:
                return TryGetConstants(inner, out constants);
            case ArrayLiteralAst array:
                var all = new List<object?>();
                foreach (ExpressionAst element in array.Elements)
                {
                    if (!TryGetConstants(element, out object?[] one))
                    {
                        constants = [];
                        return false;
                    }

                    all.AddRange(one);
                }

                constants = [.. all];
                return true;
            default:
                constants = [];
                return false;
        }
    }
}
