using System;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>How far a run has come: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationprogress</summary>
internal sealed record SynchronizationProgress(long CompletedUnits, DateTime ProgressObservationDateTime, long TotalUnits, string Units);
