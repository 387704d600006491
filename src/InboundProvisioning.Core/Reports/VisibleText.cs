using System;
using System.Globalization;
using System.Text;

namespace InboundProvisioning.Reports;

/// <summary>
/// A value as a reader may see it: what is invisible, or turns the direction of the text around it, is shown in place of being done, and
/// what is long is cut.
/// </summary>
internal static class VisibleText
{
    /// <summary>So many characters of a value are shown; the file of all records has the rest.</summary>
    public const int Longest = 120;

    /// <summary>Shows a value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="longest">How many characters are shown.</param>
    public static string Of(string? text, int longest = Longest)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var shown = new StringBuilder(Math.Min(text!.Length, longest) + 16);
        for (int i = 0; i < text.Length; i++)
        {
            if (i >= longest)
            {
                return shown.Append('\u2026').ToString();
            }

            char character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                shown.Append(character).Append(text[++i]);
            }
            else if (char.IsSurrogate(character))
            {
                shown.Append('\uFFFD');
            }
            else
            {
                Append(shown, character);
            }
        }

        return shown.ToString();
    }

    private static void Append(StringBuilder shown, char character)
    {
        switch (character)
        {
            // Joiners are part of how Persian, Hindi and emoji are written.
            case '\u200C' or '\u200D':
                shown.Append(character);
                break;

            // The pictures of Unicode for the control characters of ASCII.
            case < ' ':
                shown.Append((char)(0x2400 + character));
                break;
            default:
                if (CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                {
                    shown.Append("[U+").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture)).Append(']');
                }
                else
                {
                    shown.Append(character);
                }

                break;
        }
    }
}
