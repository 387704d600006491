namespace InboundProvisioning.Csv;

/// <summary>How far the work of a <see cref="CsvBatch"/> is.</summary>
internal enum CsvBatchStage
{
    /// <summary>It has its records, and nobody has begun with them.</summary>
    Filled,

    /// <summary>A thread is at it.</summary>
    Taken,

    /// <summary>It can be looked at.</summary>
    Done,
}
