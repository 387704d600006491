using System;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>When a job runs: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationschedule</summary>
internal sealed record SynchronizationSchedule
{
    public DateTime? Expiration { get; init; }

    /// <summary>An ISO 8601 duration.</summary>
    public string Interval { get; init; } = "PT40M";

    public SynchronizationScheduleState State { get; init; } = SynchronizationScheduleState.Disabled;
}
