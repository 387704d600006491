using System;

namespace InboundProvisioning.Mapping;

/// <summary>
/// White space around a value: what Unicode calls white space (a no-break space too), control characters, and characters that show
/// nothing, such as a zero-width space, a direction mark or a byte order mark.
/// </summary>
public static class SurroundingSpace
{
    /// <summary>Whether a text begins or ends with white space.</summary>
    public static bool IsAround(string text) => text.Length > 0 && (IsSpace(text[0]) || IsSpace(text[text.Length - 1]));

    /// <summary>Whether a text, as UTF-8, begins or ends with white space.</summary>
    public static bool IsAround(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return false;
        }

        // Nearly every value begins and ends with a letter or digit.
        bool isPlain = IsPlain(utf8[0]) && IsPlain(utf8[utf8.Length - 1]);
        return !isPlain && (LeadingBytes(utf8) > 0 || TrailingBytes(utf8) > 0);
    }

    /// <summary>A text without the white space around it.</summary>
    public static string Trim(string text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return end - start == text.Length ? text : text.Substring(start, end - start);
    }

    /// <summary>A text, as UTF-8, without the white space around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8)
    {
        if (!IsAround(utf8))
        {
            return utf8;
        }

        int bytes;
        while ((bytes = LeadingBytes(utf8)) > 0)
        {
            utf8 = utf8.Slice(bytes);
        }

        while ((bytes = TrailingBytes(utf8)) > 0)
        {
            utf8 = utf8.Slice(0, utf8.Length - bytes);
        }

        return utf8;
    }

    // Not all that Unicode calls format characters: some Arabic ones are visible.
    private static bool IsSpace(char letter) => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter
        is '\u00AD' or '\u034F' or '\u061C' or '\u180E' or '\uFEFF'
        or (>= '\u200B' and <= '\u200F')
        or (>= '\u202A' and <= '\u202E')
        or (>= '\u2060' and <= '\u206F');

    private static bool IsPlain(byte one) => one is > (byte)' ' and < 0x7F;

    // All white space is in the basic plane: one to three bytes.
    private static int LeadingBytes(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return 0;
        }

        int bytes = utf8[0] switch
        {
            < 0x80 => 1,
            >= 0xC2 and < 0xE0 => 2,
            >= 0xE0 and < 0xF0 => 3,
            _ => 0,
        };
        return bytes > 0 && bytes <= utf8.Length && IsSpace(Letter(utf8.Slice(0, bytes))) ? bytes : 0;
    }

    private static int TrailingBytes(ReadOnlySpan<byte> utf8)
    {
        int bytes = 1;
        while (bytes < utf8.Length && bytes < 4 && (utf8[utf8.Length - bytes] & 0xC0) == 0x80)
        {
            bytes++;
        }

        return !utf8.IsEmpty && LeadingBytes(utf8.Slice(utf8.Length - bytes)) == bytes ? bytes : 0;
    }

    private static char Letter(ReadOnlySpan<byte> utf8) => utf8.Length switch
    {
        1 => (char)utf8[0],
        2 => (char)(((utf8[0] & 0x1F) << 6) | (utf8[1] & 0x3F)),
        _ => (char)(((utf8[0] & 0x0F) << 12) | ((utf8[1] & 0x3F) << 6) | (utf8[2] & 0x3F)),
    };
}
