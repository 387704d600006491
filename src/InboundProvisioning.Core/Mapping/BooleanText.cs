using System;
using System.Globalization;

namespace InboundProvisioning.Mapping;

/// <summary>The texts that stand for true and false.</summary>
internal static class BooleanText
{
    private const string Texts = "true, false, yes, no, t, f, y, n, 1 and 0";

    public static bool TryParse(ReadOnlySpan<byte> text, out bool value)
    {
        value = Is(text, "true"u8) || Is(text, "yes"u8) || Is(text, "1"u8) || Is(text, "y"u8) || Is(text, "t"u8);
        return value || Is(text, "false"u8) || Is(text, "no"u8) || Is(text, "0"u8) || Is(text, "n"u8) || Is(text, "f"u8);
    }

    public static bool TryParse(string text, out bool value)
    {
        value = Is(text, "true") || Is(text, "yes") || Is(text, "1") || Is(text, "y") || Is(text, "t");
        return value || Is(text, "false") || Is(text, "no") || Is(text, "0") || Is(text, "n") || Is(text, "f");
    }

    /// <summary>Why a value is no Boolean, with a comparison that makes one of it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="attribute">The path of the attribute, such as active.</param>
    /// <param name="column">The column that it comes from, or null for a script block.</param>
    public static string Expected(object value, string attribute, string? column)
    {
        if (value is not string text)
        {
            return $"The value {Convert.ToString(value, CultureInfo.InvariantCulture)} ({value.GetType().Name}) is none of {Texts}.";
        }

        string quoted = ShownValue.Quote(text);
        if (SurroundingSpace.IsAround(text) && TryParse(SurroundingSpace.Trim(text), out _))
        {
            return $"The value {quoted} has white space around it. -Trim takes it off every column.";
        }

        // Below a URN, which can have points in it, the name follows a colon.
        string name = attribute.Substring(attribute.LastIndexOfAny(['.', ':']) + 1);
        return column is null
            ? $"The value {quoted} is none of {Texts}. Let the script block compare: -eq {quoted}, if that is the text that means true."
            : $"The value {quoted} is none of {Texts}. If it is the text that means true, compare: {name} = {{ {ShownValue.Column(column)} -eq {quoted} }}.";
    }

    /// <summary>Takes a Boolean, one of the texts, or the number 1 or 0.</summary>
    public static bool TryConvert(object value, out bool boolean)
    {
        switch (value)
        {
            case bool plain:
                boolean = plain;
                return true;
            case string text:
                return TryParse(text, out boolean);
            case sbyte or short or int or long or byte or ushort or uint or ulong or decimal or double or float:
                double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                boolean = number == 1;
                return number is 0 or 1;
            default:
                boolean = false;
                return false;
        }
    }

    private static bool Is(string text, string name) => string.Equals(text, name, StringComparison.OrdinalIgnoreCase);

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerName)
    {
        if (text.Length != lowerName.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            byte lower = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] | 0x20) : text[i];
            if (lower != lowerName[i])
            {
                return false;
            }
        }

        return true;
    }
}
