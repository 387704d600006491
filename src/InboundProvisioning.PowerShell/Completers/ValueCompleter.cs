using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>
/// Completes values that are found when asked for, without a call over a network. Values that begin with the word come first, quoted where they
/// have to be; whatever goes wrong, there is none: a completion must not fail.
/// </summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    private const int Most = 100;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        var pattern = new WildcardPattern(WildcardPattern.Escape(word) + "*", WildcardOptions.IgnoreCase);
        var results = new List<CompletionResult>();
        try
        {
            foreach ((string value, string tip) in Values(word, fakeBoundParameters).Where(one => pattern.IsMatch(one.Value)).Take(Most))
            {
                results.Add(new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, tip.Length > 0 ? tip : value));
            }
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or PipelineStoppedException))
        {
            // What was found so far is offered.
        }

        return results;
    }

    /// <summary>The values, each with a word about it or an empty text.</summary>
    /// <param name="word">What has been typed, without quotes; others than those that begin so are left out later.</param>
    /// <param name="given">The other parameters of the command line, as far as they are plain.</param>
    private protected abstract IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given);

    private static string Quoted(string value) => value.Length > 0 && value.All(static one => char.IsLetterOrDigit(one) || one is '.' or '_' or ':' or '-' or '/' or '\\')
        && !char.IsDigit(value[0]) && value[0] != '-'
        ? value
        : value.All(char.IsDigit) && value.Length > 0 && value[0] != '0' ? value
        : "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";
}
