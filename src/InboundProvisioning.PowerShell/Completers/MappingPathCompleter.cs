using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes paths of mapping files: *.psd1, and the folders on the way there.</summary>
public sealed class MappingPathCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteFilename(wordToComplete ?? string.Empty).Where(static result =>
            result.ResultType == CompletionResultType.ProviderContainer || string.Equals(Path.GetExtension(result.ListItemText), ".psd1", StringComparison.OrdinalIgnoreCase));
}
