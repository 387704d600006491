using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// The part of OData's <c>$filter</c> that finding an object by key needs: <c>property eq 'value'</c>, joined by <c>or</c>.
/// A quote inside a value is doubled.
/// </summary>
internal sealed partial class EqualityFilter
{
    private readonly List<(string Property, string Value)> _terms = [];

    private EqualityFilter()
    {
    }

    public static EqualityFilter? TryParse(string text)
    {
        var filter = new EqualityFilter();
        int position = 0;
        while (true)
        {
            Match term = Term.Match(text, position);
            if (!term.Success)
            {
                return null;
            }

            filter._terms.Add((term.Groups["property"].Value, term.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal)));
            position = term.Index + term.Length;
            if (position == text.Length)
            {
                return term.Groups["or"].Success ? null : filter;
            }
        }
    }

    /// <summary>The names of the properties that the filter looks at.</summary>
    public IEnumerable<string> Properties => _terms.ConvertAll(term => term.Property);

    /// <param name="read">Gives an object's text for a property name.</param>
    public bool Matches(Func<string, string?> read) =>
        _terms.Exists(term => string.Equals(read(term.Property), term.Value, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\G\s*(?<property>\w+)\s+eq\s+'(?<value>(?:[^']|'')*)'\s*(?:$|(?<=\s)(?<or>or)\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Term { get; }
}
