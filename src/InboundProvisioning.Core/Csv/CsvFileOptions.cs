using System.Text;

namespace InboundProvisioning.Csv;

/// <summary>How a CSV file is to be read.</summary>
public sealed record CsvFileOptions
{
    /// <summary>
    /// What separates the fields: one ASCII character. Null takes that of the file's own line <c>sep=;</c>, where it begins with one,
    /// and else a comma.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>The encoding of files without a byte order mark; null means UTF-8, whose validity is checked.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The line with the names of the columns, from 1; what stands above is passed over.</summary>
    public int HeaderRow { get; init; } = 1;

    /// <summary>How many records at the end are no data: totals, trailer lines. Records that are empty do not count.</summary>
    public int SkipLast { get; init; }

    /// <summary>Takes fields that a row lacks as null and drops fields that it has too many.</summary>
    public bool AllowRaggedRow { get; init; }
}
