using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>The fault of a source that lacks columns which the mapping names.</summary>
public static class MissingColumnsFault
{
    private const int MostNames = 40;

    /// <summary>Creates the fault.</summary>
    /// <param name="source">The file, or a word for the input.</param>
    /// <param name="columns">The columns that are there.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="missing">The columns that are not there.</param>
    /// <param name="elsewhere">A separator or a line with which they would be there, or null.</param>
    public static InboundProvisioningException Create(
        string source, RowColumns columns, AttributeMapping mapping, IReadOnlyCollection<string> missing, CsvHeaderPlace? elsewhere)
    {
        string advice;
        string names;
        if (elsewhere is not null)
        {
            // Of a header that is none, no column is the nearest.
            names = List(missing);
            advice = Advice(elsewhere);
        }
        else
        {
            Dictionary<string, string?> nearest = missing.ToDictionary(static column => column, column => Nearest(column, columns, mapping), ColumnName.Comparer);
            names = Cut([.. missing.Select(column => Quote(column) + (nearest[column] is { } near ? Near(column, near) : string.Empty))]);
            advice = Constants(mapping, nearest)
                + " A renamed column would clear the attribute for everyone; ConvertTo-ScimBulkPayload goes on without it only with -AllowMissingColumn.";
        }

        return new InboundProvisioningException(
            "ColumnNotFound",
            FaultKind.NotFound,
            $"{source} has no column {names}, which the mapping names. Its columns are {List(columns.Names)}.{advice}",
            source);
    }

    /// <summary>Says with which parameters the columns would be found, as a sentence after a blank.</summary>
    internal static string Advice(CsvHeaderPlace place) => place.Missing.Count == 0
        ? $" With {place.Parameters} the columns would be found."
        : $" With {place.Parameters} the columns would be found, all but {List(place.Missing)}.";

    /// <summary>Names in quotes, with commas; a long list is cut.</summary>
    public static string List(IReadOnlyCollection<string> names) => Cut([.. names.Select(Quote)]);

    private static string Cut(IReadOnlyCollection<string> names)
    {
        string list = string.Join(", ", names.Take(MostNames));
        return names.Count > MostNames ? $"{list} and {names.Count - MostNames} more" : list;
    }

    private static string Quote(string name) => "'" + ColumnName.Plain(name) + "'";

    // What the mapping names already is hardly meant twice.
    private static string? Nearest(string column, RowColumns columns, AttributeMapping mapping)
    {
        var used = new HashSet<string>(mapping.Columns, ColumnName.Comparer);
        string plain = ColumnName.Plain(column);
        List<string> unused = [.. columns.Names.Where(name => !used.Contains(name)).Select(ColumnName.Plain)];
        return NearestName.Find(plain, unused) ?? NearestName.FindByWords(plain, unused);
    }

    private static string Near(string column, string near)
    {
        string? difference = ColumnName.HiddenDifference(ColumnName.Plain(column), near);
        return difference is null ? $" (the nearest is '{near}')" : $" (the nearest is '{near}': {difference})";
    }

    // The same identity, or the same state, for everybody is never meant, and no text looks like a way into an object.
    private static bool MayBeConstant(ColumnUse use) =>
        use.Path.ToUpperInvariant() is not ("EXTERNALID" or "USERNAME" or "ACTIVE") && use.Column.IndexOfAny(['.', '[']) < 0;

    // type = 'work' names a column. A text with fixed words is hardly in a column of that name; any other may be where no column is near.
    private static string Constants(AttributeMapping mapping, Dictionary<string, string?> nearest)
    {
        List<ColumnUse> constants =
        [
            .. ColumnUse.Of(mapping).Where(use => nearest.TryGetValue(use.Column, out string? near)
                && (use.Attribute is { CanonicalValues.Count: > 0 } || (near is null && nearest.Count < mapping.Columns.Count && MayBeConstant(use)))),
        ];
        if (constants.Count == 0)
        {
            return string.Empty;
        }

        ColumnUse first = constants.Find(static use => use.Attribute is { CanonicalValues.Count: > 0 }) ?? constants[0];
        string example = $"{first.Path.Substring(first.Path.LastIndexOfAny(['.', ':']) + 1)} = {{ '{ColumnName.Plain(first.Column)}' }}";
        return $" Where {first.Path} is to be a constant text, it stands in braces: {example}.";
    }
}
