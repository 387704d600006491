using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>
/// The <c>$filter</c> of the provisioning logs: comparisons of the documented properties, joined by <c>and</c>, <c>or</c> and parentheses. Values
/// are case sensitive, as https://learn.microsoft.com/graph/api/provisioningobjectsummary-list says.
/// </summary>
internal sealed partial class LogFilter
{
    private readonly Func<ProvisioningEvent, bool> _matches;

    private LogFilter(Func<ProvisioningEvent, bool> matches) => _matches = matches;

    /// <summary>The source id that every match has, when the filter says one.</summary>
    public string? RequiredSource { get; private init; }

    /// <summary>The cycle that every match has, when the filter says one.</summary>
    public string? RequiredCycle { get; private init; }

    /// <summary>Reads a filter.</summary>
    /// <returns>The filter, or what is wrong.</returns>
    public static (LogFilter? Filter, string? Fault) Parse(string text)
    {
        int position = 0;
        try
        {
            LogFilter filter = ReadOr(text, ref position);
            return position == text.Length ? (filter, null) : (null, $"Syntax error at position {position} in '{text}'.");
        }
        catch (FormatException fault)
        {
            return (null, fault.Message);
        }
    }

    public bool Matches(ProvisioningEvent one) => _matches(one);

    private static LogFilter ReadOr(string text, ref int position)
    {
        LogFilter left = ReadAnd(text, ref position);
        while (Take(Or, text, ref position) is not null)
        {
            LogFilter one = left;
            LogFilter other = ReadAnd(text, ref position);
            left = new(candidate => one.Matches(candidate) || other.Matches(candidate));
        }

        return left;
    }

    private static LogFilter ReadAnd(string text, ref int position)
    {
        LogFilter left = ReadTerm(text, ref position);
        while (Take(And, text, ref position) is not null)
        {
            LogFilter one = left;
            LogFilter other = ReadTerm(text, ref position);
            left = new(candidate => one.Matches(candidate) && other.Matches(candidate))
            {
                RequiredSource = one.RequiredSource ?? other.RequiredSource,
                RequiredCycle = one.RequiredCycle ?? other.RequiredCycle,
            };
        }

        return left;
    }

    private static LogFilter ReadTerm(string text, ref int position)
    {
        if (Take(Open, text, ref position) is not null)
        {
            LogFilter inner = ReadOr(text, ref position);
            return Take(Close, text, ref position) is not null ? inner : throw Wrong(text, position);
        }

        if (Take(Contains, text, ref position) is { } contains)
        {
            string part = Text(contains);
            return Property(contains).Text is { } read
                ? new(one => read(one).Contains(part, StringComparison.Ordinal))
                : throw Unsupported(contains.Groups["property"].Value);
        }

        return Take(Comparison, text, ref position) is { } comparison ? Compare(comparison) : throw Wrong(text, position);
    }

    private static LogFilter Compare(Match comparison)
    {
        LogProperty property = Property(comparison);
        string name = comparison.Groups["operator"].Value;
        if (property.Text is { } read)
        {
            string value = comparison.Groups["value"].Success ? Text(comparison) : throw Unsupported(comparison.Groups["property"].Value);
            return name switch
            {
                "eq" => new(one => read(one) == value)
                {
                    RequiredSource = property.IsSource ? value : null,
                    RequiredCycle = property.IsCycle ? value : null,
                },
                "ne" => new(one => read(one) != value),
                _ => throw Unsupported(comparison.Groups["property"].Value),
            };
        }

        long bound = comparison.Groups["plain"].Success
            ? Order(property, comparison.Groups["plain"].Value)
            : throw Unsupported(comparison.Groups["property"].Value);
        Func<ProvisioningEvent, long> order = property.Order!;
        return name switch
        {
            "eq" => new(one => order(one) == bound),
            "ne" => new(one => order(one) != bound),
            "gt" => new(one => order(one) > bound),
            "ge" => new(one => order(one) >= bound),
            "lt" => new(one => order(one) < bound),
            _ => new(one => order(one) <= bound),
        };
    }

    private static long Order(LogProperty property, string value)
    {
        if (!property.IsTime)
        {
            return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new FormatException($"'{value}' is not a whole number.");
        }

        return Time.IsMatch(value)
            && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? time.UtcTicks
                : throw new FormatException($"'{value}' is not a date and time.");
    }

    private static Match? Take(Regex token, string text, ref int position)
    {
        Match match = token.Match(text, position);
        if (!match.Success)
        {
            return null;
        }

        position += match.Length;
        return match;
    }

    private static string Text(Match match) => match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal);

    private static LogProperty Property(Match match) =>
        LogProperty.Find(match.Groups["property"].Value) ?? throw Unsupported(match.Groups["property"].Value);

    private static FormatException Unsupported(string name) =>
        new($"Unsupported or invalid query filter clause specified for property '{name}' of resource 'provisioningObjectSummary'.");

    private static FormatException Wrong(string text, int position) => new($"Invalid filter clause: Syntax error at position {position} in '{text}'.");

    [GeneratedRegex(@"\G\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex Open { get; }

    [GeneratedRegex(@"\G\s*\)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Close { get; }

    [GeneratedRegex(@"\G\s*\bor\b", RegexOptions.CultureInvariant)]
    private static partial Regex Or { get; }

    [GeneratedRegex(@"\G\s*\band\b", RegexOptions.CultureInvariant)]
    private static partial Regex And { get; }

    [GeneratedRegex(@"\G\s*contains\(\s*(?<property>[\w/]+)\s*,\s*'(?<value>(?:[^']|'')*)'\s*\)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Contains { get; }

    [GeneratedRegex(
        @"\G\s*(?<property>[\w/]+)\s+(?<operator>eq|ne|gt|ge|lt|le)\s+(?:'(?<value>(?:[^']|'')*)'|(?<plain>[\w:.+-]+))\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Comparison { get; }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Time { get; }
}
