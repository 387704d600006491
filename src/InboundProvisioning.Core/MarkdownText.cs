using System;
using System.Linq;
using System.Text;

namespace InboundProvisioning;

/// <summary>Text of anybody as text of Markdown.</summary>
internal static class MarkdownText
{
    private const string Special = @"\`*_{}[]<>|#";

    /// <summary>A text in a table's cell or a heading: nothing in it may end the cell or be taken for Markdown.</summary>
    public static string Plain(string? text)
    {
        var escaped = new StringBuilder();
        foreach (char character in OneLine(text))
        {
            if (Special.Contains(character))
            {
                escaped.Append('\\');
            }

            escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>A code span, fenced with more backticks than the text has in a row; a bar would end the cell even here.</summary>
    public static string Code(string? text)
    {
        string line = OneLine(text).Replace("|", "\\|");
        if (line.Length == 0)
        {
            return string.Empty;
        }

        int longest = 0;
        int run = 0;
        foreach (char character in line)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string fence = new('`', longest + 1);
        return longest == 0 ? fence + line + fence : $"{fence} {line} {fence}";
    }

    private static string OneLine(string? text) => string.Join(" ", (text ?? string.Empty).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Trim();
}
