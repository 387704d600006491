using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the names of common encodings; others are taken all the same.</summary>
public sealed class EncodingCompleter : IArgumentCompleter
{
    private static readonly string[] Names =
    [
        "utf8", "unicode", "bigendianunicode", "utf32", "latin1", "ansi", "oem",
        "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "iso-8859-2", "iso-8859-15", "shift_jis", "gb18030",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern(wordToComplete + "*", WildcardOptions.IgnoreCase);
        return Names.Where(pattern.IsMatch).Select(name => new CompletionResult(name));
    }
}
