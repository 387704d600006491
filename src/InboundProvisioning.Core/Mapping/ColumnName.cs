using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace InboundProvisioning.Mapping;

/// <summary>
/// What counts in the name of a column: spreadsheets and web pages leave no-break spaces, zero-width spaces, byte order marks and
/// line breaks in headers, which nobody sees and nobody can type into a mapping.
/// </summary>
public static class ColumnName
{
    /// <summary>Compares names as they count, without regard to case.</summary>
    public static IEqualityComparer<string> Comparer { get; } = new PlainComparer();

    /// <summary>
    /// The name as it counts: white space of any kind and length between words is one blank, around them nothing; what is invisible
    /// is nothing; a letter and its combining mark are one character (Unicode's form C).
    /// </summary>
    public static string Plain(string name)
    {
        if (IsPlain(name, out bool isAscii))
        {
            return name;
        }

        var plain = new StringBuilder(name.Length);
        bool blankWaits = false;
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsWhiteSpace(name[i]))
            {
                blankWaits = plain.Length > 0;
                continue;
            }

            int length = char.IsSurrogatePair(name, i) ? 2 : 1;
            if (!IsInvisible(name, i))
            {
                plain.Append(blankWaits ? " " : string.Empty).Append(name, i, length);
                blankWaits = false;
            }

            i += length - 1;
        }

        return isAscii ? plain.ToString() : Compose(plain.ToString());
    }

    /// <summary>
    /// Where two names that can look the same begin to differ, by the numbers of the characters: letters of another script, or a sign
    /// that no font shows. Null when they differ in what everybody can see.
    /// </summary>
    internal static string? HiddenDifference(string one, string other)
    {
        int at = 0;
        while (at < one.Length && at < other.Length && char.ToUpperInvariant(one[at]) == char.ToUpperInvariant(other[at]))
        {
            at++;
        }

        return IsAscii(one, at) && IsAscii(other, at)
            ? null
            : string.Format(CultureInfo.InvariantCulture, "character {0} is {1} in one and {2} in the other", at + 1, CodePoint(one, at), CodePoint(other, at));
    }

    /// <summary>The characters of a name that count as a plain blank or as nothing, as a list such as <c>U+00A0, U+200B</c>.</summary>
    public static string HiddenCharacters(string name)
    {
        var points = new List<string>();
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] != ' ' && (char.IsWhiteSpace(name[i]) || IsInvisible(name, i)) && !points.Contains(CodePoint(name, i)))
            {
                points.Add(CodePoint(name, i));
            }

            i += char.IsSurrogatePair(name, i) ? 1 : 0;
        }

        return string.Join(", ", points);
    }

    private static bool IsPlain(string name, out bool isAscii)
    {
        isAscii = true;
        bool isPlain = name.Length == 0 || (name[0] != ' ' && name[name.Length - 1] != ' ');
        for (int i = 0; i < name.Length; i++)
        {
            isAscii &= name[i] < '\x80';
            isPlain &= name[i] is >= ' ' and <= '~' && (name[i] != ' ' || i == 0 || name[i - 1] != ' ');
            if (!isPlain && !isAscii)
            {
                return false;
            }
        }

        return isPlain;
    }

    // Categories Cc and Cf, and what else Unicode calls Default_Ignorable_Code_Point (DerivedCoreProperties.txt), with the blank of Braille.
    private static bool IsInvisible(string name, int at) => CharUnicodeInfo.GetUnicodeCategory(name, at) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => true,
        UnicodeCategory.NonSpacingMark => name[at] is '\u034F' or '\u17B4' or '\u17B5' or (>= '\u180B' and <= '\u180F') or (>= '\uFE00' and <= '\uFE0F')
            || (char.IsSurrogatePair(name, at) && char.ConvertToUtf32(name, at) is >= 0xE0100 and <= 0xE01EF),
        UnicodeCategory.OtherLetter => name[at] is '\u115F' or '\u1160' or '\u3164' or '\uFFA0',
        UnicodeCategory.OtherSymbol => name[at] is '\u2800',
        _ => false,
    };

    private static string Compose(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: it stays what it is.
            return name;
        }
    }

    private static bool IsAscii(string name, int at) => at >= name.Length || name[at] < '\x80';

    private static string CodePoint(string name, int at) => at >= name.Length
        ? "missing"
        : "U+" + (char.IsSurrogatePair(name, at) ? char.ConvertToUtf32(name, at) : name[at]).ToString("X4", CultureInfo.InvariantCulture);

    private sealed class PlainComparer : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && string.Equals(Plain(x), Plain(y), StringComparison.OrdinalIgnoreCase));

        public int GetHashCode(string obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(Plain(obj));
    }
}
