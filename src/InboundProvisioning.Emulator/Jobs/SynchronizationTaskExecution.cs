using System;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>One run of a job: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationtaskexecution</summary>
internal sealed record SynchronizationTaskExecution
{
    /// <summary>The run's id: the cycleId of its events in the provisioning logs.</summary>
    public required string ActivityIdentifier { get; init; }

    public long CountEntitled { get; init; }

    public long CountEntitledForProvisioning { get; init; }

    /// <summary>Entries that failed and will be tried again.</summary>
    public long CountEscrowed { get; init; }

    public long CountEscrowedRaw { get; init; }

    public long CountExported { get; init; }

    public long CountExports { get; init; }

    public long CountImported { get; init; }

    public long CountImportedDeltas { get; init; }

    public long CountImportedReferenceDeltas { get; init; }

    public SynchronizationError? Error { get; init; }

    public SynchronizationTaskExecutionResult State { get; init; }

    public required DateTime TimeBegan { get; init; }

    public required DateTime TimeEnded { get; init; }
}
