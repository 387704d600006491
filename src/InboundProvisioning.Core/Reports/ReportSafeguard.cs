namespace InboundProvisioning.Reports;

/// <summary>A limit beside what was held against it.</summary>
public sealed record ReportSafeguard
{
    /// <summary>The limit, such as <c>DisableLimit</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it counts, in a few words.</summary>
    public required string Subject { get; init; }

    /// <summary>Of a limit of each attribute the one with most people; else null.</summary>
    public string? Attribute { get; init; }

    /// <summary>How many there are.</summary>
    public long Count { get; init; }

    /// <summary>The limit as it was set.</summary>
    public required string Limit { get; init; }

    /// <summary>How many may be; null for no limit.</summary>
    public long? Allowed { get; init; }

    /// <summary>Of how many.</summary>
    public long Base { get; init; }

    /// <summary>Whether it stopped the run, or a part of it.</summary>
    public bool HasStopped { get; init; }

    /// <summary>Whether there are more than may be, and an approval lets them pass.</summary>
    public bool IsApproved => Count > Allowed && !HasStopped;
}
