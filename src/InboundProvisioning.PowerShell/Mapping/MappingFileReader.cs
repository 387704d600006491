using System;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// Reads an attribute mapping from a .psd1 file by its syntax tree, in the order in which it is written and without running it.
/// Script blocks in it run later, once for each row.
/// </summary>
internal static class MappingFileReader
{
    /// <summary>Reads the hashtable of a file.</summary>
    /// <exception cref="InboundProvisioningException">The file is not one hashtable of literals; the message names the line.</exception>
    public static OrderedDictionary Read(string path)
    {
        ScriptBlockAst file = Parser.ParseFile(path, out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            throw Fault(path, errors[0].Extent, errors[0].Message);
        }

        if (file.EndBlock?.Statements is { Count: 1 } statements && Expression(statements[0]) is HashtableAst hashtable)
        {
            return ReadHashtable(hashtable, path);
        }

        throw Fault(path, file.Extent, "The file must hold one hashtable, @{ ... }, and nothing else.");
    }

    private static OrderedDictionary ReadHashtable(HashtableAst hashtable, string path)
    {
        var dictionary = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (Tuple<ExpressionAst, StatementAst> pair in hashtable.KeyValuePairs)
        {
            // A number as a key is no name either; that is a finding of the mapping, with its path.
            if (pair.Item1 is not ConstantExpressionAst key)
            {
                throw Fault(path, pair.Item1.Extent, "The key must be a plain name or a string in quotes.");
            }

            if (Expression(pair.Item2) is not { } value)
            {
                throw Computed(path, pair.Item2.Extent);
            }

            dictionary.Add(key.Value, ReadValue(value, path));
        }

        return dictionary;
    }

    private static object? ReadValue(ExpressionAst expression, string path)
    {
        switch (expression)
        {
            case StringConstantExpressionAst text:
                return text.Value;
            case ConstantExpressionAst constant:
                return constant.Value;
            case HashtableAst hashtable:
                return ReadHashtable(hashtable, path);
            case ScriptBlockExpressionAst script:
                return script.ScriptBlock.GetScriptBlock();
            case ArrayLiteralAst array:
                return array.Elements.Select(element => ReadValue(element, path)).ToArray();
            case ArrayExpressionAst array:
                return array.SubExpression.Statements.SelectMany(statement => ReadElements(statement, path)).ToArray();
            case ParenExpressionAst paren when (paren.Pipeline as PipelineAst)?.GetPureExpression() is { } inner:
                return ReadValue(inner, path);
            case UnaryExpressionAst or VariableExpressionAst:
                return SafeValue(expression, path);
            default:
                throw Computed(path, expression.Extent);
        }
    }

    private static object?[] ReadElements(StatementAst statement, string path)
    {
        object? value = Expression(statement) is { } expression
            ? ReadValue(expression, path)
            : throw Computed(path, statement.Extent);
        return value is object?[] several ? several : [value];
    }

    // $true, $false, $null and -1; any other variable is a fault.
    private static object? SafeValue(ExpressionAst expression, string path)
    {
        if (expression is VariableExpressionAst variable
            && variable.VariablePath.UserPath.ToUpperInvariant() is not ("TRUE" or "FALSE" or "NULL"))
        {
            throw Computed(path, expression.Extent);
        }

        try
        {
            return expression.SafeGetValue();
        }
        catch (InvalidOperationException exception)
        {
            throw Fault(path, expression.Extent, exception.Message);
        }
    }

    private static ExpressionAst? Expression(StatementAst statement) => (statement as PipelineAst)?.GetPureExpression();

    // Text with $_ in it is what people try most: "$($_.First) $($_.Last)".
    private static InboundProvisioningException Computed(string path, IScriptExtent extent)
    {
        string text = ShownValue.Cut(extent.Text);
        return Fault(path, extent, $"{text} is computed, and this file is read, not run. Braces around it make it a script block, which runs for each row: {{ {text} }}.");
    }

    private static InboundProvisioningException Fault(string path, IScriptExtent extent, string message) =>
        new("InvalidMappingFile", FaultKind.InvalidData, $"{path}, line {extent.StartLineNumber}: {message}", path);
}
