using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>How worker records become bulk requests.</summary>
public sealed record ConversionOptions
{
    /// <summary>
    /// The most operations that one request may hold: 50.
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-post-bulkupload
    /// </summary>
    public const int MaxOperationsPerRequest = BulkRequestDocument.OperationLimit;

    /// <summary>The largest request, in bytes: 4 MB, below which the service takes a body.</summary>
    public const int MaxRequestBytes = 4_000_000;

    /// <summary>Which column each attribute comes from.</summary>
    public AttributeMapping Mapping { get; init; } = AttributeMapping.Default;

    /// <summary>The URN under which all columns go as well, or null.</summary>
    public string? ScimSchemaNamespace { get; init; }

    /// <summary>The names that columns have under <see cref="ScimSchemaNamespace"/>.</summary>
    public ExtensionNames ScimNames { get; init; } = ExtensionNames.Own;

    /// <summary>What becomes of several rows of one person.</summary>
    public RepeatedRecordHandling RepeatedRecord { get; init; }

    /// <summary>
    /// Of the rows of one person the first for which this is true is taken; where it is true for none,
    /// <see cref="RepeatedRecord"/> counts. Null: that counts alone.
    /// </summary>
    public IRowExpression? Prefer { get; init; }

    /// <summary>The externalIds whose rows are wanted, case does not matter; the other rows are passed over. Null: all rows.</summary>
    public IReadOnlyCollection<string>? ExternalIds { get; init; }

    /// <summary>Operations per request, 1 to 50.</summary>
    public int OperationsPerRequest { get; init; } = MaxOperationsPerRequest;

    /// <summary>What becomes of empty values.</summary>
    public EmptyValueHandling EmptyValue { get; init; }

    /// <summary>Takes a column that the mapping names and the source does not have as null, with a warning.</summary>
    public bool AllowMissingColumn { get; init; }

    /// <summary>Takes white space, a no-break space too, off around the value of every column.</summary>
    public bool Trim { get; init; }

    /// <summary>Whether a person's rows must all be known before one of them goes.</summary>
    public bool ChoosesRows => Prefer is not null || RepeatedRecord == RepeatedRecordHandling.Last;

    /// <summary>Whether rows that are passed over are kept nowhere.</summary>
    internal bool PassesOverInSilence => RepeatedRecord != RepeatedRecordHandling.Reject;

    /// <summary>Whether a script has to run for each row, even of a CSV file.</summary>
    public bool RunsScript => Mapping.RunsScript || Prefer is { RunsScript: true };

    /// <summary>The columns that are needed and that a source does not have.</summary>
    public IReadOnlyList<string> MissingColumns(RowColumns columns) =>
        [.. Columns.Where(column => columns.IndexOf(column) < 0)];

    /// <summary>The columns that are needed, each once.</summary>
    internal IReadOnlyList<string> Columns => [.. Mapping.Columns.Concat(Prefer?.Columns ?? []).Distinct(ColumnName.Comparer)];

    /// <summary>Refuses columns that would go under <see cref="ScimSchemaNamespace"/> by a name that SCIM does not allow.</summary>
    /// <param name="columns">The columns of a source.</param>
    /// <param name="source">The file, or a word for the input.</param>
    /// <exception cref="InboundProvisioningException"><c>InvalidAttributeName</c>, <c>RepeatedAttribute</c>.</exception>
    public void RequireNames(RowColumns columns, string source)
    {
        if (ScimSchemaNamespace is not null)
        {
            ScimNames.Require(ExtensionColumns(columns), source);
        }
    }

    /// <summary>The columns that go under <see cref="ScimSchemaNamespace"/>: a source's own ones.</summary>
    internal static List<string> ExtensionColumns(RowColumns columns) =>
        [.. columns.Names.Take(columns.OwnCount).Where(static name => !RejectFile.IsReasonColumn(name))];

    /// <summary>How CSV files are read.</summary>
    public CsvFileOptions Csv { get; init; } = new();

    /// <summary>
    /// Takes the wrapper of a script engine off a value that an expression or an input object gave, and shows an object's members
    /// as a dictionary; by default values are taken as they are.
    /// </summary>
    public Func<object?, object?> Unwrap { get; init; } = static value => value;
}
