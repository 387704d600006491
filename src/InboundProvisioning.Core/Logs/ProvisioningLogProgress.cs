using System;

namespace InboundProvisioning.Logs;

/// <summary>How far the reading of logs is.</summary>
/// <param name="Events">The events read so far, those among them that are not wanted.</param>
/// <param name="Reached">The time of the oldest one; or null.</param>
public sealed record ProvisioningLogProgress(long Events, DateTimeOffset? Reached)
{
    /// <summary>The records whose outcomes are waited for; 0 where none are.</summary>
    public int Expected { get; init; }

    /// <summary>Those of them that have no outcome yet.</summary>
    public int Open { get; init; }

    /// <summary>The time until the next look, while it is waited for; or null.</summary>
    public TimeSpan? NextLook { get; init; }
}
