using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// The part of OData's <c>$filter</c> with which directory objects are found: <c>property eq 'value'</c> (or <c>null</c>),
/// <c>property in ('a','b')</c>, <c>startswith(property,'value')</c> and <c>contains(property,'value')</c>, joined by <c>or</c> or by <c>and</c>.
/// A quote inside a value is doubled. Which property takes which operator is for the resource to say:
/// https://learn.microsoft.com/graph/filter-query-parameter
/// </summary>
internal sealed partial class PropertyFilter
{
    private readonly List<Term> _terms = [];
    private bool _all;

    private PropertyFilter()
    {
    }

    /// <summary>What each term asks of which property.</summary>
    public IEnumerable<(string Property, string Operator)> Operations => _terms.Select(term => (term.Property, term.Operator));

    public static PropertyFilter? TryParse(string text)
    {
        var filter = new PropertyFilter();
        var joints = new HashSet<string>(StringComparer.Ordinal);
        int position = 0;
        while (true)
        {
            Match term = TermPattern.Match(text, position);
            if (!term.Success)
            {
                return null;
            }

            filter._terms.Add(ToTerm(term));
            position = term.Index + term.Length;
            if (term.Groups["joint"].Success)
            {
                joints.Add(term.Groups["joint"].Value);
                continue;
            }

            // Without brackets, only one kind of joint has a plain meaning.
            filter._all = joints.Contains("and");
            return position == text.Length && joints.Count <= 1 ? filter : null;
        }
    }

    /// <summary>Filters objects by their properties.</summary>
    /// <param name="text">The filter; empty or null for none.</param>
    /// <param name="allowed">Which property takes which operator.</param>
    /// <param name="resource">What the objects are, for the message.</param>
    /// <param name="items">The objects.</param>
    /// <returns>The objects that match, or the refusal.</returns>
    public static (IEnumerable<JsonObject> Found, GraphError? Fault) Apply(
        string? text, (string Property, string Operator)[] allowed, string resource, IEnumerable<JsonObject> items)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (items, null);
        }

        if (TryParse(text) is not { } filter)
        {
            return ([], GraphError.BadRequest($"Invalid filter clause: {text}"));
        }

        return filter.Operations.Except(allowed).Select(operation => operation.Property).FirstOrDefault() is { } property
            ? ([], GraphError.UnsupportedFilter(property, resource))
            : (items.Where(item => filter.Matches(name => item[name]?.ToString())), null);
    }

    /// <param name="read">Gives an object's text for a property name; null where it has none.</param>
    public bool Matches(Func<string, string?> read) =>
        _all ? _terms.TrueForAll(term => term.Matches(read(term.Property))) : _terms.Exists(term => term.Matches(read(term.Property)));

    private static Term ToTerm(Match match)
    {
        string[] values = [.. match.Groups["value"].Captures.Select(value => value.Value.Replace("''", "'", StringComparison.Ordinal))];
        string name = match.Groups["operator"].Value;
        return new Term(match.Groups["property"].Value, name, match.Groups["null"].Success ? [] : values);
    }

    [GeneratedRegex(
        """
        \G\s*(?:
            (?<property>\w+)\s+(?<operator>eq)\s+(?:'(?<value>(?:[^']|'')*)'|(?<null>null))
          | (?<property>\w+)\s+(?<operator>in)\s*\(\s*'(?<value>(?:[^']|'')*)'(?:\s*,\s*'(?<value>(?:[^']|'')*)')*\s*\)
          | (?<operator>startswith|contains)\(\s*(?<property>\w+)\s*,\s*'(?<value>(?:[^']|'')*)'\s*\)
        )\s*(?:$|(?<=\s)(?<joint>or|and)\s)
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TermPattern { get; }

    private sealed record Term(string Property, string Operator, string[] Values)
    {
        public bool Matches(string? text) => Operator switch
        {
            "startswith" => text?.StartsWith(Values[0], StringComparison.OrdinalIgnoreCase) == true,
            "contains" => text?.Contains(Values[0], StringComparison.OrdinalIgnoreCase) == true,
            _ when Values.Length == 0 => text is null,
            _ => Values.Contains(text, StringComparer.OrdinalIgnoreCase),
        };
    }
}
