using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace InboundProvisioning.HelpBuilder;

/// <summary>Reads the syntax of a parameter set as <c>Get-Command -Syntax</c> prints it, line breaks aside.</summary>
internal static partial class SyntaxReader
{
    /// <summary>Reads the syntax, or gives null where the text is none.</summary>
    public static SyntaxItem? Read(string commandName, string text)
    {
        text = WhiteSpace().Replace(text.Trim(), " ");
        if (!text.StartsWith(commandName + " ", System.StringComparison.Ordinal) || !Whole().IsMatch(text))
        {
            return null;
        }

        var parameters = new List<SyntaxParameter>();
        foreach (Match match in Parameter().Matches(text))
        {
            string token = match.Value;
            bool isPositional = match.Groups["positional"].Success;
            bool isRequired = isPositional ? !token.StartsWith("[[", System.StringComparison.Ordinal) : token[0] != '[';
            parameters.Add(new SyntaxParameter(match.Groups["name"].Value, isRequired, isPositional));
        }

        return new SyntaxItem(text, parameters);
    }

    private const string OneParameter =
        @"(?:\[?(?<positional>\[-(?<name>\w+)\]) <[^>]+>\]?|\[-(?<name>\w+)(?: <[^>]+>)?\]|-(?<name>\w+) <[^>]+>)";

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(OneParameter)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^[\w-]+(?: " + OneParameter + @")*(?: \[<CommonParameters>\])$")]
    private static partial Regex Whole();
}
