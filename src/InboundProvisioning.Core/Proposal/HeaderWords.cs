using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace InboundProvisioning.Proposal;

/// <summary>
/// The words of a column's name: lower case, without accents, apart at blanks, signs and digits, and where a capital letter begins a
/// word: <c>HireDate</c>, <c>HIRE_DATE</c> and <c>Hire date</c> are the same two.
/// </summary>
internal static class HeaderWords
{
    /// <summary>The words, in order.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        string text = Compatible(name).Replace('°', 'o');
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (word.Length > 0 && BeginsWord(text, i))
            {
                End(words, word);
            }

            if (letter == '#')
            {
                words.Add("#");
            }
            else if (char.IsLetterOrDigit(letter) || IsMark(letter))
            {
                word.Append(letter);
            }
            else if (letter is '\'' or '\u2019' && i + 1 < text.Length && text[i + 1] is 's' or 'S' && (i + 2 == text.Length || !char.IsLetter(text[i + 2])))
            {
                // Of Supervisor's Name, the s is no word.
                i++;
            }
        }

        End(words, word);
        return words;
    }

    /// <summary>A text in lower case and without accents; Latin letters alone lose them, since a mark makes another letter of a kana.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char letter in Compatible(text).ToLowerInvariant())
        {
            string? plain = letter switch
            {
                'ß' => "ss",
                'ł' => "l",
                'ø' => "o",
                'æ' => "ae",
                'œ' => "oe",
                'đ' => "d",
                'ı' => "i",
                _ => null,
            };
            if (plain is not null)
            {
                folded.Append(plain);
            }
            else if (letter is (>= 'À' and < '\u0250') or (>= '\u1E00' and < '\u1F00'))
            {
                folded.Append(string.Concat(letter.ToString().Normalize(NormalizationForm.FormD).Where(static part => !IsMark(part))));
            }
            else
            {
                folded.Append(letter);
            }
        }

        return folded.ToString();
    }

    /// <summary>Whether a word is written without blanks between its parts, as Chinese characters and kana are.</summary>
    public static bool IsIdeographic(char letter) => letter is >= '\u3005' and < '\uA000' or >= '\uF900' and < '\uFB00';

    private static void End(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
        {
            words.Add(Fold(word.ToString()));
            word.Clear();
        }
    }

    private static bool BeginsWord(string text, int at)
    {
        char letter = text[at];
        char before = text[at - 1];
        if (!char.IsLetterOrDigit(letter) && !IsMark(letter))
        {
            return true;
        }

        bool afterSmall = char.IsUpper(letter) && char.IsLower(before);
        bool endsAcronym = char.IsUpper(letter) && char.IsUpper(before) && at + 1 < text.Length && char.IsLower(text[at + 1]);
        return afterSmall || endsAcronym || char.IsDigit(letter) != char.IsDigit(before) || IsIdeographic(letter) != IsIdeographic(before);
    }

    private static bool IsMark(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;

    // Letters and digits of full width become the usual ones, and half-width kana whole ones.
    private static string Compatible(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair.
            return text;
        }
    }
}
