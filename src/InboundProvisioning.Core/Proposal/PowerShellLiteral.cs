using System.Linq;
using System.Text;
using System.Globalization;

namespace InboundProvisioning.Proposal;

/// <summary>
/// Text of a file as PowerShell takes it for text, and never for code: a mapping runs, and a header or a value is written by whoever
/// made the file.
/// </summary>
internal static class PowerShellLiteral
{
    private const int LongestComment = 600;

    /// <summary>
    /// A text in single quotes, in which nothing is expanded. PowerShell takes the quotes of typography for plain ones, so each of them is doubled.
    /// </summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('\'');
        foreach (char letter in text)
        {
            quoted.Append(letter, letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? 2 : 1);
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>The column of the row: <c>$_.Status</c>, <c>$_.'First Name'</c>.</summary>
    public static string Column(string name)
    {
        bool isPlain = (name[0] is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_')
            && name.All(static letter => letter is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
        return "$_." + (isPlain ? name : Quote(name));
    }

    /// <summary>A text for a comment up to the end of the line: in one line, and without what is invisible.</summary>
    public static string Comment(string text)
    {
        var comment = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (comment.Length == LongestComment)
            {
                return comment.Append('…').ToString();
            }

            bool isHidden = CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
            comment.Append(isHidden ? ' ' : letter);
        }

        return comment.ToString();
    }

    /// <summary>Whether a value can stand in a script as it is: one line, without what is invisible.</summary>
    public static bool IsPlain(string text) => Comment(text) == text;
}
