using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace InboundProvisioning.HelpBuilder;

/// <summary>Reads the syntax of a parameter set as <c>Get-Command -Syntax</c> prints it, line breaks aside.</summary>
internal static partial class SyntaxReader
{
    /// <summary>Reads the syntax, or gives null where the text is none.</summary>
    public static SyntaxItem? Read(string commandName, string text)
    {
        text = WhiteSpace().Replace(text.Trim(), " ");
        if (!text.StartsWith(commandName + " ", StringComparison.Ordinal) || !Whole().IsMatch(text))
        {
            return null;
        }

        var parameters = new List<SyntaxParameter>();
        foreach (Match match in Parameter().Matches(text, commandName.Length))
        {
            string token = match.Value;
            bool isPositional = match.Groups["positional"].Success;
            bool isRequired = isPositional ? !token.StartsWith("[[", StringComparison.Ordinal) : token[0] != '[';
            parameters.Add(new SyntaxParameter(match.Groups["name"].Value, isRequired, isPositional));
        }

        return new SyntaxItem(text, parameters);
    }

    /// <summary>Writes out what stands for shared parameters, in one line.</summary>
    public static string Expand(string text, IEnumerable<SharedPage> shared) =>
        WhiteSpace().Replace(shared.Aggregate(text, static (expanded, page) => expanded.Replace(page.Token, page.Syntax, StringComparison.Ordinal)).Trim(), " ");

    /// <summary>Whether a text is a list of parameters, as it stands within the syntax of a parameter set.</summary>
    public static bool IsParameters(string text) => OnlyParameters().IsMatch(" " + text);

    private const string OneParameter =
        @"(?:\[?(?<positional>\[-(?<name>\w+)\]) <[^>]+>\]?|\[-(?<name>\w+)(?: <[^>]+>)?\]|-(?<name>\w+)(?: <[^>]+>)?)";

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(OneParameter)]
    private static partial Regex Parameter();

    [GeneratedRegex("^(?: " + OneParameter + ")+$")]
    private static partial Regex OnlyParameters();

    [GeneratedRegex(@"^[\w-]+(?: " + OneParameter + @")*(?: \[<CommonParameters>\])$")]
    private static partial Regex Whole();
}
