using System;

namespace InboundProvisioning.Schema;

/// <summary>Tells what type a text of a file is written in. Only what needs no guess counts.</summary>
internal static class ValueType
{
    /// <summary>
    /// A whole number of 64 bits as JSON writes it. A leading zero or plus makes it text: an employee number of 007 is no 7.
    /// </summary>
    public static bool IsInteger(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = text.Length > 0 && text[0] == '-' ? text.Slice(1) : text;
        if (digits.Length is 0 or > 19 || (digits[0] == '0' && text.Length > 1))
        {
            return false;
        }

        ulong value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (uint)(digit - '0');
        }

        return value <= long.MaxValue;
    }

    /// <summary>The words true and false, in any case.</summary>
    public static bool IsBoolean(ReadOnlySpan<byte> text) => IsWord(text, "true"u8) || IsWord(text, "false"u8);

    /// <summary>ISO 8601 with hyphens: a date, or a date and a time of day with or without an offset. Other forms depend on the country.</summary>
    public static bool IsDateTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 10
            || !TryNumber(text.Slice(0, 4), 1, 9999, out int year)
            || text[4] != '-'
            || !TryNumber(text.Slice(5, 2), 1, 12, out int month)
            || text[7] != '-'
            || !TryNumber(text.Slice(8, 2), 1, DateTime.DaysInMonth(year, month), out _))
        {
            return false;
        }

        return text.Length == 10 || (text[10] == 'T' && IsTime(text.Slice(11)));
    }

    private static bool IsTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 5 || !TryNumber(text.Slice(0, 2), 0, 23, out _) || text[2] != ':' || !TryNumber(text.Slice(3, 2), 0, 59, out _))
        {
            return false;
        }

        text = text.Slice(5);
        if (text.Length >= 3 && text[0] == ':' && TryNumber(text.Slice(1, 2), 0, 59, out _))
        {
            text = text.Slice(3);
            if (text.Length > 1 && text[0] == '.')
            {
                int digits = 1;
                while (digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9')
                {
                    digits++;
                }

                if (digits == 1)
                {
                    return false;
                }

                text = text.Slice(digits);
            }
        }

        return text.Length == 0 || (text.Length == 1 && text[0] == 'Z') || IsOffset(text);
    }

    private static bool IsOffset(ReadOnlySpan<byte> text) => text.Length == 6
        && text[0] is (byte)'+' or (byte)'-'
        && TryNumber(text.Slice(1, 2), 0, 14, out _)
        && text[3] == ':'
        && TryNumber(text.Slice(4, 2), 0, 59, out _);

    private static bool TryNumber(ReadOnlySpan<byte> text, int least, int most, out int value)
    {
        value = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return value >= least && value <= most;
    }

    private static bool IsWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length != lower.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if ((text[i] | 0x20) != lower[i])
            {
                return false;
            }
        }

        return true;
    }
}
