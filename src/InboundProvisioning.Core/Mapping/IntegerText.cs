using System;

namespace InboundProvisioning.Mapping;

/// <summary>Whole numbers as texts.</summary>
internal static class IntegerText
{
    /// <summary>
    /// Whether a text is a whole number of 64 bits as JSON writes it. A leading zero or plus makes it text: an employee number of 007 is
    /// no 7.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> text)
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
}
