using System;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Schema;

/// <summary>Tells what type a text of a file is written in. Only what needs no guess counts.</summary>
internal static class ValueType
{
    // Longer ones are texts.
    private const int MaxDateTime = 64;

    /// <summary>A whole number of 64 bits as JSON writes it.</summary>
    public static bool IsInteger(ReadOnlySpan<byte> text) => IntegerText.Is(text);

    /// <summary>The words true and false, in any case.</summary>
    public static bool IsBoolean(ReadOnlySpan<byte> text) => IsWord(text, "true"u8) || IsWord(text, "false"u8);

    /// <summary>
    /// ISO 8601 with hyphens: a date, or a date and a time of day with or without an offset. Other forms depend on the country, or look
    /// like numbers.
    /// </summary>
    public static bool IsDateTime(ReadOnlySpan<byte> text) => text.Length is >= 10 and <= MaxDateTime
        && text[4] == '-'
        && (text.Length == 10 || text[10] == 'T')
        && DateTimeText.TryNormalize(text, stackalloc byte[DateTimeText.MaxLength(MaxDateTime)], out _);

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
