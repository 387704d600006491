using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// Recognises expressions whose result is known without the engine: columns (<c>$_.Column</c>) and constant texts, put together with + or
/// in an expandable string, the methods Trim, TrimStart, TrimEnd, ToLowerInvariant, ToUpperInvariant, Substring and Replace of such
/// a text, and [bool]::Parse. Whatever depends on the culture or converts a value is left to the engine.
/// </summary>
internal sealed class TextExpressionReader
{
    private readonly List<TextColumn> _columns = [];

    /// <summary>Reads an expression.</summary>
    /// <returns>What computes it, or null when the engine is needed.</returns>
    public static TextExpression? Read(ExpressionAst expression, ScriptExpression script)
    {
        var reader = new TextExpressionReader();
        Func<Row, object?>? evaluate = TryGetArguments(expression, "Parse", out ExpressionAst? text)
            ? reader.Boolean(text!)
            : reader.Text(expression);
        return evaluate is null || reader._columns.Count == 0
            ? null
            : new TextExpression(reader._columns, evaluate, expression.Extent.StartLineNumber, script);
    }

    private static bool TryGetArguments(ExpressionAst expression, string method, out ExpressionAst? argument)
    {
        argument = expression is InvokeMemberExpressionAst
            {
                Static: true,
                Expression: TypeExpressionAst type,
                Member: StringConstantExpressionAst member,
                Arguments: [var one],
            }
            && type.TypeName.FullName.ToUpperInvariant() is "BOOL" or "BOOLEAN" or "SYSTEM.BOOLEAN"
            && string.Equals(member.Value, method, StringComparison.OrdinalIgnoreCase)
                ? one
                : null;
        return argument is not null;
    }

    private Func<Row, object?>? Boolean(ExpressionAst expression)
    {
        if (Text(expression) is not { } text)
        {
            return null;
        }

        // The engine hands null over as an empty text.
        return row => Call("Parse", 1, text(row) ?? string.Empty, static value => (object)bool.Parse(value));
    }

    private Func<Row, string?>? Text(ExpressionAst expression)
    {
        switch (expression)
        {
            case StringConstantExpressionAst constant:
                string value = constant.Value;
                return _ => value;
            case ExpandableStringExpressionAst expandable:
                return Expandable(expandable);
            case ParenExpressionAst { Pipeline: PipelineAst pipeline } when pipeline.GetPureExpression() is { } inner:
                return Text(inner);
            case BinaryExpressionAst { Operator: TokenKind.Plus } sum when Text(sum.Left) is { } left && Text(sum.Right) is { } right:
                return row => Sum(left(row), right(row));
            case InvokeMemberExpressionAst { Static: false, Member: StringConstantExpressionAst method } call when Text(call.Expression) is { } target:
                return Method(method.Value, call.Arguments?.ToArray() ?? [], target);
            case MemberExpressionAst and not InvokeMemberExpressionAst when RowColumnReference.TryGet(expression, out string name):
                var column = new TextColumn(name);
                _columns.Add(column);
                return column.Read;
            default:
                return null;
        }
    }

    // $null + 'x' is 'x', and $null + $null is $null.
    private static string? Sum(string? left, string? right) => left is null ? right : right is null ? left : left + right;

    private static Func<Row, string?>? Method(string name, ExpressionAst[] arguments, Func<Row, string?> target)
    {
        object?[] constants = [.. arguments.Select(static argument => (argument as ConstantExpressionAst)?.Value)];
        switch (name.ToUpperInvariant())
        {
            case "TRIM" when constants is []:
                return row => Call(name, 0, target(row), static text => text.Trim());
            case "TRIMSTART" when constants is []:
                return row => Call(name, 0, target(row), static text => text.TrimStart());
            case "TRIMEND" when constants is []:
                return row => Call(name, 0, target(row), static text => text.TrimEnd());
            case "TOLOWERINVARIANT" when constants is []:
                return row => Call(name, 0, target(row), static text => text.ToLowerInvariant());
            case "TOUPPERINVARIANT" when constants is []:
                return row => Call(name, 0, target(row), static text => text.ToUpperInvariant());
            case "SUBSTRING" when constants is [int start]:
                return row => Call(name, 1, target(row), text => text.Substring(start));
            case "SUBSTRING" when constants is [int start, int length]:
                return row => Call(name, 2, target(row), text => text.Substring(start, length));
            case "REPLACE" when constants is [string { Length: > 0 } old, string replacement]:
                return row => Call(name, 2, target(row), text => text.Replace(old, replacement));
            default:
                return null;
        }
    }

    // The words of the engine, and its exceptions.
    private static T Call<T>(string method, int arguments, string? target, Func<string, T> call)
    {
        if (target is null)
        {
            throw new RuntimeException("You cannot call a method on a null-valued expression.");
        }

        try
        {
            return call(target);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new MethodInvocationException(
                string.Format(CultureInfo.InvariantCulture, "Exception calling \"{0}\" with \"{1}\" argument(s): \"{2}\"", method, arguments, exception.Message),
                exception);
        }
    }

    private Func<Row, string?>? Expandable(ExpandableStringExpressionAst expandable)
    {
        // A plain "...": what stands between the expressions is the text itself.
        string source = expandable.Extent.Text;
        if (expandable.StringConstantType != StringConstantType.DoubleQuoted || source.Length < 2)
        {
            return null;
        }

        var parts = new List<Func<Row, string?>>();
        int offset = expandable.Extent.StartOffset;
        int done = 1;
        foreach (ExpressionAst nested in expandable.NestedExpressions)
        {
            if (nested is not SubExpressionAst { SubExpression: { Statements: [PipelineAst pipeline], Traps: null or { Count: 0 } } }
                || pipeline.GetPureExpression() is not { } inner
                || Text(inner) is not { } part
                || !AddText(nested.Extent.StartOffset - offset))
            {
                return null;
            }

            parts.Add(part);
            done = nested.Extent.EndOffset - offset;
        }

        if (!AddText(source.Length - 1))
        {
            return null;
        }

        Func<Row, string?>[] all = [.. parts];
        return row =>
        {
            var text = new StringBuilder();
            foreach (Func<Row, string?> part in all)
            {
                text.Append(part(row));
            }

            return text.ToString();
        };

        // A quote is doubled there, or of a kind that the parser takes for one, and a backtick escapes.
        bool AddText(int end)
        {
            string text = source.Substring(done, end - done);
            if (text.IndexOfAny(['"', '\u201C', '\u201D', '\u201E', '$', '`']) >= 0)
            {
                return false;
            }

            parts.Add(_ => text);
            return true;
        }
    }
}
