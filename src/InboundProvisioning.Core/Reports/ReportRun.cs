using System;

namespace InboundProvisioning.Reports;

/// <summary>The run that a report is about.</summary>
public sealed record ReportRun
{
    /// <summary>Its number in its state; 0 where it wrote nothing.</summary>
    public long RunId { get; init; }

    /// <summary>The plan that it followed, or null.</summary>
    public string? PlanId { get; init; }

    /// <summary>How it ended.</summary>
    public required string Status { get; init; }

    /// <summary>Its exit code.</summary>
    public int ExitCode { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedOn { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }
}
