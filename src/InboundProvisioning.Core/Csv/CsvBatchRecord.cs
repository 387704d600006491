using InboundProvisioning.Mapping;

namespace InboundProvisioning.Csv;

/// <summary>A record in a <see cref="CsvBatch"/>.</summary>
internal readonly struct CsvBatchRecord
{
    /// <summary>The line on which it starts.</summary>
    public long Line { get; init; }

    /// <summary>Where it starts in the batch, and how much of it is kept when it is rejected.</summary>
    public int Start { get; init; }

    public int RawLength { get; init; }

    /// <summary>How many fields it has, at the most as many as there are columns.</summary>
    public int Fields { get; init; }

    public bool IsPlain { get; init; }

    /// <summary>What is wrong with it, and then the record itself.</summary>
    public RowFault? Fault { get; init; }

    public SourceRecord? Source { get; init; }
}
