using System;

namespace InboundProvisioning.Reports;

/// <summary>A record that somebody may have to look at. What its report does not tell is null.</summary>
public sealed record ReportRecord
{
    /// <summary>Whose it is.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What the service did, or was to do.</summary>
    public string? Action { get; init; }

    /// <summary>The code of the service's error, or the id of the fault.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The attribute at fault.</summary>
    public string? Attribute { get; init; }

    /// <summary>Where it stands in the source.</summary>
    public string? Place { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when it is known.</summary>
    public DateTimeOffset? On { get; init; }

    /// <summary>How often it was sent.</summary>
    public int? Attempts { get; init; }

    /// <summary>When it goes again by itself.</summary>
    public DateTimeOffset? NextAttemptOn { get; init; }
}
