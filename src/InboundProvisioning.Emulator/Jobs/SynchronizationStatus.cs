using System;
using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>
/// How a job is doing: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationstatus
/// As long as nothing has run, the executions are null and the steady state was never reached.
/// </summary>
internal sealed record SynchronizationStatus
{
    private static readonly DateTime Never = new(0, DateTimeKind.Utc);

    public long CountSuccessiveCompleteFailures { get; init; }

    public bool EscrowsPruned { get; init; }

    public SynchronizationStatusCode Code { get; init; } = SynchronizationStatusCode.NotConfigured;

    public SynchronizationTaskExecution? LastExecution { get; init; }

    public SynchronizationTaskExecution? LastSuccessfulExecution { get; init; }

    public SynchronizationTaskExecution? LastSuccessfulExecutionWithExports { get; init; }

    public IReadOnlyList<SynchronizationProgress> Progress { get; init; } = [];

    public SynchronizationQuarantine? Quarantine { get; init; }

    public DateTime SteadyStateFirstAchievedTime { get; init; } = Never;

    public DateTime SteadyStateLastAchievedTime { get; init; } = Never;

    public IReadOnlyList<EntryCount> SynchronizedEntryCountByType { get; init; } = [];

    public string? TroubleshootingUrl { get; init; }
}
