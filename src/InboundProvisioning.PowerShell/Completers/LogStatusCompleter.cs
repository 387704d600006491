using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using InboundProvisioning.Logs;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the known statuses of the logs; others are taken all the same.</summary>
public sealed class LogStatusCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern(wordToComplete + "*", WildcardOptions.IgnoreCase);
        return LogTerms.Statuses.Where(pattern.IsMatch).Select(term => new CompletionResult(term));
    }
}
