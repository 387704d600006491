using System;
using System.Globalization;

namespace InboundProvisioning.Sync.Safeguards;

/// <summary>How many people a change may be about: a number, a percentage such as <c>5%</c>, or <c>Unlimited</c>. 0 means none at all.</summary>
public sealed class SafeguardLimit
{
    private const string UnlimitedText = "Unlimited";

    private readonly decimal _value;
    private readonly bool _isPercentage;

    /// <summary>Reads a limit.</summary>
    /// <param name="text">A number from 0, a percentage from 0 to 100, or <c>Unlimited</c>.</param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public SafeguardLimit(string text)
    {
        string trimmed = (text ?? string.Empty).Trim();
        if (string.Equals(trimmed, UnlimitedText, StringComparison.OrdinalIgnoreCase))
        {
            IsUnlimited = true;
            return;
        }

        _isPercentage = trimmed.Length > 0 && trimmed[trimmed.Length - 1] == '%';
        string number = _isPercentage ? trimmed.Substring(0, trimmed.Length - 1).Trim() : trimmed;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _value)
            || (_isPercentage ? _value > 100 : _value != decimal.Truncate(_value) || _value > int.MaxValue))
        {
            throw new FormatException($"'{text}' is no limit. Give a number such as 50, a percentage such as 5%, or {UnlimitedText}; 0 means none at all.");
        }
    }

    /// <summary>A limit of a number.</summary>
    public SafeguardLimit(int number)
        : this(number.ToString(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>Whether there is no limit.</summary>
    public bool IsUnlimited { get; }

    /// <summary>Reads a limit; see the constructor.</summary>
    public static SafeguardLimit Parse(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() =>
        IsUnlimited ? UnlimitedText : _value.ToString("0.##", CultureInfo.InvariantCulture) + (_isPercentage ? "%" : string.Empty);

    /// <summary>The number that counts: a given number as it is, a percentage with the rule's floor and cap; null for no limit.</summary>
    internal long? Allowed(long people, SafeguardRule rule)
    {
        if (IsUnlimited)
        {
            return null;
        }

        if (!_isPercentage || _value == 0)
        {
            return (long)_value;
        }

        return Math.Min(rule.Cap, Math.Max(rule.Floor, (long)(people * _value / 100)));
    }
}
