using System;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>A job's quarantine: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationquarantine</summary>
internal sealed record SynchronizationQuarantine(
    DateTime CurrentBegan, DateTime NextAttempt, QuarantineReason Reason, DateTime SeriesBegan, long SeriesCount, SynchronizationError? Error);
