using System;
using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// How a job is doing: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationstatus
/// Nothing has run yet, so the executions are null and the steady state was never reached.
/// </summary>
internal sealed record SynchronizationStatus
{
    private static readonly DateTime Never = new(0, DateTimeKind.Utc);

    public long CountSuccessiveCompleteFailures { get; init; }

    public bool EscrowsPruned { get; init; }

    public SynchronizationStatusCode Code { get; init; } = SynchronizationStatusCode.Active;

    public object? LastExecution { get; init; }

    public object? LastSuccessfulExecution { get; init; }

    public object? LastSuccessfulExecutionWithExports { get; init; }

    public IReadOnlyList<object> Progress { get; init; } = [];

    public object? Quarantine { get; init; }

    public DateTime SteadyStateFirstAchievedTime { get; init; } = Never;

    public DateTime SteadyStateLastAchievedTime { get; init; } = Never;

    public IReadOnlyList<object> SynchronizedEntryCountByType { get; init; } = [];

    public string? TroubleshootingUrl { get; init; }
}
