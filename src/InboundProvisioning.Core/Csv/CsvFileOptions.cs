using System.Text;

namespace InboundProvisioning.Csv;

/// <summary>How a CSV file is to be read.</summary>
public sealed class CsvFileOptions
{
    /// <summary>What separates the fields: one ASCII character; a comma by default.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The encoding of files without a byte order mark; null means UTF-8, whose validity is checked.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Takes fields that a row lacks as null and drops fields that it has too many.</summary>
    public bool AllowRaggedRow { get; init; }
}
