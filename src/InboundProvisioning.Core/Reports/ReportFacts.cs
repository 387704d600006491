using System;
using System.Collections.Generic;

namespace InboundProvisioning.Reports;

/// <summary>All that a report tells, in its order. Each way to write a report tells the same.</summary>
public sealed record ReportFacts
{
    /// <summary>What kind of file it is: the first thing in it as JSON.</summary>
    public string Format { get; init; } = JsonReport.Format;

    /// <summary>What it is about: the name of the state, or the provisioning logs.</summary>
    public required string Subject { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedOn { get; init; }

    /// <summary>How much of people it tells.</summary>
    public ReportDetail Detail { get; init; } = ReportDetail.Records;

    /// <summary>How it went, and what to do.</summary>
    public required ReportVerdict Verdict { get; init; }

    /// <summary>The run; null for a report of logs.</summary>
    public ReportRun? Run { get; init; }

    /// <summary>What stopped the run.</summary>
    public IReadOnlyList<ReportStop> Stops { get; init; } = [];

    /// <summary>The limits that were looked at.</summary>
    public IReadOnlyList<ReportSafeguard> Safeguards { get; init; } = [];

    /// <summary>People by what became of their records; null where no source was weighed.</summary>
    public IReadOnlyList<ReportCount>? Changes { get; init; }

    /// <summary>Records by how far they came; null where no source was weighed.</summary>
    public IReadOnlyList<ReportCount>? Records { get; init; }

    /// <summary>What became of them in the service, by action.</summary>
    public IReadOnlyList<ReportOutcome> Outcomes { get; init; } = [];

    /// <summary>Since when the outcomes count, or null.</summary>
    public DateTimeOffset? OutcomesSince { get; init; }

    /// <summary>Who failed, by error code.</summary>
    public IReadOnlyList<ReportGroup> Failures { get; init; } = [];

    /// <summary>Rows that could not be used, by fault.</summary>
    public IReadOnlyList<ReportGroup> Rejected { get; init; } = [];

    /// <summary>Records that were held back or refused, by reason.</summary>
    public IReadOnlyList<ReportGroup> HeldBack { get; init; } = [];

    /// <summary>What the check found of records that were sent all the same, by rule.</summary>
    public IReadOnlyList<ReportGroup> Findings { get; init; } = [];

    /// <summary>The attributes that changed, the most frequent one first.</summary>
    public IReadOnlyList<ReportAttribute> Attributes { get; init; } = [];

    /// <summary>Values that changed, with <see cref="ReportDetail.Values"/>.</summary>
    public IReadOnlyList<ReportChange> Values { get; init; } = [];

    /// <summary>The calls of the day; null where they are not known.</summary>
    public ReportQuota? Quota { get; init; }

    /// <summary>The last runs, the oldest first.</summary>
    public IReadOnlyList<ReportNight> Nights { get; init; } = [];

    /// <summary>The file beside the report that has all records, where the report does not; else null.</summary>
    public string? RecordsFile { get; init; }
}
