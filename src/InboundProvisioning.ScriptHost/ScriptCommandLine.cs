using System.Collections.Generic;
using System.Management.Automation.Language;
using System.Text;
using System.Text.RegularExpressions;

namespace InboundProvisioning.ScriptHost;

/// <summary>Writes a process's arguments as PowerShell source, with the rules of <c>pwsh -File</c>.</summary>
internal static partial class ScriptCommandLine
{
    /// <summary>
    /// <c>-Name</c> stays a parameter or switch, <c>-Name:value</c> a parameter with its value (<c>$true</c>, <c>$false</c> and
    /// <c>$null</c> are understood there), anything else is a string that the engine does not look into.
    /// </summary>
    public static string Format(IEnumerable<string> arguments)
    {
        var source = new StringBuilder();
        foreach (string argument in arguments)
        {
            source.Append(' ');
            Match parameter = Parameter().Match(argument);
            if (!parameter.Success)
            {
                source.Append(Quote(argument));
                continue;
            }

            source.Append(parameter.Groups["name"].Value);
            string value = parameter.Groups["value"].Value;
            if (value.Length > 0)
            {
                source.Append(Constant().IsMatch(value) ? value : Quote(value));
            }
        }

        return source.ToString();
    }

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex(@"^(?<name>-[\p{L}_][\w-]*:?)(?<value>(?<=:).*)?$", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\$(true|false|null)$", RegexOptions.IgnoreCase)]
    private static partial Regex Constant();
}
