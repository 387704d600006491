using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes known terms; others are taken all the same.</summary>
public abstract class TermCompleter : IArgumentCompleter
{
    private readonly IReadOnlyList<string> _terms;

    private protected TermCompleter(IReadOnlyList<string> terms)
    {
        _terms = terms;
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern(wordToComplete + "*", WildcardOptions.IgnoreCase);
        return _terms.Where(pattern.IsMatch).Select(static term => new CompletionResult(term));
    }
}
