using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>The fault of a source that lacks columns which the mapping names.</summary>
public static class MissingColumnsFault
{
    private const int MostNames = 40;

    /// <summary>Creates the fault.</summary>
    /// <param name="source">The file, or a word for the input.</param>
    /// <param name="columns">The columns that are there.</param>
    /// <param name="missing">The columns that are not.</param>
    /// <param name="delimiter">A separator with which they would be there, or null.</param>
    public static InboundProvisioningException Create(
        string source, RowColumns columns, IReadOnlyCollection<string> missing, char? delimiter)
    {
        string advice = delimiter is { } other
            ? $" With -Delimiter {(other == '\t' ? "\"`t\"" : "'" + other + "'")} the columns would be found."
            : " A renamed column would clear the attribute for everyone; ConvertTo-ScimBulkPayload goes on without it only with -AllowMissingColumn.";
        return new InboundProvisioningException(
            "ColumnNotFound",
            FaultKind.NotFound,
            $"{source} has no column {List(missing)}, which the mapping names. Its columns are {List(columns.Names)}.{advice}",
            source);
    }

    /// <summary>Names in quotes, with commas; a long list is cut.</summary>
    public static string List(IReadOnlyCollection<string> names)
    {
        string list = string.Join(", ", names.Take(MostNames).Select(name => "'" + name + "'"));
        return names.Count > MostNames ? $"{list} and {names.Count - MostNames} more" : list;
    }
}
