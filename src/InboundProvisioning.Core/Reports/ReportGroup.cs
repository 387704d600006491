using System.Collections.Generic;

namespace InboundProvisioning.Reports;

/// <summary>Records that have one thing in common.</summary>
public sealed record ReportGroup
{
    /// <summary>The code of the error, or the reason in words.</summary>
    public required string Name { get; init; }

    /// <summary>The attribute at fault, or null.</summary>
    public string? Attribute { get; init; }

    /// <summary>What it means; null where that is documented nowhere.</summary>
    public string? Cause { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Remedy { get; init; }

    /// <summary>Whether it can mend itself when the record is tried again; null where that is not known.</summary>
    public bool? MayMendItself { get; init; }

    /// <summary>How many records there are.</summary>
    public long Count { get; init; }

    /// <summary>Whose they are; where that is told not more than a report holds, see <see cref="Count"/>.</summary>
    public IReadOnlyList<ReportRecord> Records { get; init; } = [];
}
