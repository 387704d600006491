using System;

namespace InboundProvisioning.State;

/// <summary>That somebody has looked at a plan and lets it pass, once.</summary>
public sealed record PlanApproval
{
    /// <summary>The plan.</summary>
    public required string PlanId { get; init; }

    /// <summary>Who has approved it.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ApprovedOn { get; init; }

    /// <summary>Until when it counts.</summary>
    public required DateTimeOffset ExpiresOn { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
