using System;

namespace InboundProvisioning.Mapping;

/// <summary>
/// Dates and points in time as texts. Only ISO 8601 counts: other forms differ by country. See xsd:dateTime, which RFC 7643, section
/// 2.3.5, asks for.
/// </summary>
internal static class DateTimeText
{
    /// <summary>The longest that <see cref="TryNormalize"/> gives, for a text of a given length.</summary>
    public static int MaxLength(int textLength) => textLength + 16;

    /// <summary>
    /// Writes a date, or a date and a time of day, in full: <c>2013-01-25</c> as <c>2013-01-25T00:00:00Z</c>. The date can be written
    /// <c>20130125</c> and a blank can stand for the T, as databases and SAP have it. What says no offset is UTC.
    /// </summary>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="destination">Takes what is written: at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="written">How many bytes were written.</param>
    /// <returns>False where the text is no date in ISO 8601.</returns>
    public static bool TryNormalize(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        bool isBasic = text.Length >= 8 && text[4] != '-';
        int monthAt = isBasic ? 4 : 5;
        int dayAt = isBasic ? 6 : 8;
        int length = dayAt + 2;
        if (text.Length < length
            || (!isBasic && text[7] != '-')
            || !TryNumber(text.Slice(0, 4), 1, 9999, out int year)
            || !TryNumber(text.Slice(monthAt, 2), 1, 12, out int month)
            || !TryNumber(text.Slice(dayAt, 2), 1, DateTime.DaysInMonth(year, month), out _))
        {
            return false;
        }

        Append(text.Slice(0, 4), destination, ref written);
        Append("-"u8, destination, ref written);
        Append(text.Slice(monthAt, 2), destination, ref written);
        Append("-"u8, destination, ref written);
        Append(text.Slice(dayAt, 2), destination, ref written);
        if (text.Length == length)
        {
            Append("T00:00:00Z"u8, destination, ref written);
            return true;
        }

        return text[length] is (byte)'T' or (byte)'t' or (byte)' ' && TryTime(text.Slice(length + 1), destination, ref written);
    }

    private static bool TryTime(ReadOnlySpan<byte> text, Span<byte> destination, ref int written)
    {
        if (text.Length < 5 || !TryNumber(text.Slice(0, 2), 0, 23, out _) || text[2] != ':' || !TryNumber(text.Slice(3, 2), 0, 59, out _))
        {
            return false;
        }

        Append("T"u8, destination, ref written);
        Append(text.Slice(0, 5), destination, ref written);
        text = text.Slice(5);
        int seconds = SecondsLength(text);
        if (seconds < 0)
        {
            return false;
        }

        Append(seconds == 0 ? ":00"u8 : text.Slice(0, seconds), destination, ref written);
        return TryOffset(text.Slice(seconds), destination, ref written);
    }

    // Of ":ss" and a fraction; 0 where there are none, -1 where they are wrong.
    private static int SecondsLength(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || text[0] != ':')
        {
            return 0;
        }

        if (text.Length < 3 || !TryNumber(text.Slice(1, 2), 0, 59, out _))
        {
            return -1;
        }

        if (text.Length == 3 || text[3] != '.')
        {
            return 3;
        }

        int end = 4;
        while (end < text.Length && text[end] is >= (byte)'0' and <= (byte)'9')
        {
            end++;
        }

        return end == 4 ? -1 : end;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, Span<byte> destination, ref int written)
    {
        if (text.Length == 0 || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
        {
            Append("Z"u8, destination, ref written);
            return true;
        }

        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || !TryNumber(text.Slice(1, 2), 0, 14, out _))
        {
            return false;
        }

        ReadOnlySpan<byte> minutes = text.Length == 3 ? "00"u8 : text.Slice(text.Length - 2);
        if ((text.Length == 6 && text[3] != ':') || !TryNumber(minutes, 0, 59, out _))
        {
            return false;
        }

        Append(text.Slice(0, 3), destination, ref written);
        Append(":"u8, destination, ref written);
        Append(minutes, destination, ref written);
        return true;
    }

    private static void Append(ReadOnlySpan<byte> text, Span<byte> destination, ref int written)
    {
        text.CopyTo(destination.Slice(written));
        written += text.Length;
    }

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
}
