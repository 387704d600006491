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
            LogProperty property = Property(contains.Groups["property"].Value);
            string part = Text(contains);
            return property.HasContains
                ? new(one => property.Read(one).Contains(part, StringComparison.Ordinal))
                : throw Unsupported(contains.Groups["property"].Value);
        }

        if (Take(TimeComparison, text, ref position) is { } comparison)
        {
            return OfTime(comparison);
        }

        if (Take(Equality, text, ref position) is { } equality)
        {
            string name = equality.Groups["property"].Value;
            LogProperty property = Property(name);
            string value = Text(equality);
            return new(one => property.Read(one) == value)
            {
                RequiredSource = name == LogProperty.Source ? value : null,
                RequiredCycle = name == LogProperty.Cycle ? value : null,
            };
        }

        throw Wrong(text, position);
    }

    private static LogFilter OfTime(Match comparison)
    {
        if (!DateTimeOffset.TryParse(
            comparison.Groups["value"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value))
        {
            throw new FormatException($"'{comparison.Groups["value"].Value}' is not a date and time.");
        }

        DateTime time = value.UtcDateTime;
        return comparison.Groups["operator"].Value switch
        {
            "gt" => new(one => one.ActivityDateTime > time),
            "lt" => new(one => one.ActivityDateTime < time),
            _ => new(one => one.ActivityDateTime == time),
        };
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

    private static LogProperty Property(string name) => LogProperty.Find(name) ?? throw Unsupported(name);

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

    [GeneratedRegex(@"\G\s*activityDateTime\s+(?<operator>eq|gt|lt)\s+(?<value>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))\s*", RegexOptions.CultureInvariant)]
    private static partial Regex TimeComparison { get; }

    [GeneratedRegex(@"\G\s*(?<property>[\w/]+)\s+eq\s+'(?<value>(?:[^']|'')*)'\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Equality { get; }
}
