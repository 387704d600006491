using System;
using System.Collections.Generic;

namespace InboundProvisioning.Reports;

/// <summary>Why a run did not send what it would have sent.</summary>
public sealed record ReportStop
{
    /// <summary>The limit or the fault of the source.</summary>
    public required string Name { get; init; }

    /// <summary>The id of its error.</summary>
    public required string ErrorId { get; init; }

    /// <summary>In one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do about it, or null.</summary>
    public string? Remedy { get; init; }

    /// <summary>Whether it can be approved.</summary>
    public bool CanBeApproved { get; init; }

    /// <summary>Since when it has been so, or null.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How many people are concerned.</summary>
    public long Count { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<string> ExternalIds { get; init; } = [];
}
