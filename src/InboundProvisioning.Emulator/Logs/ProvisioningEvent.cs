using System;
using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>
/// One event of the provisioning logs: https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary
/// Only facts are kept; the steps and their texts follow from them when the event is read.
/// </summary>
internal sealed record ProvisioningEvent
{
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>UTC. No two events of the emulator's jobs have the same time.</summary>
    public DateTime ActivityDateTime { get; init; }

    /// <summary>When it was written, from which the delay of the logs counts.</summary>
    public DateTimeOffset Recorded { get; init; }

    public required LoggedJob Job { get; init; }

    /// <summary>One run of the job.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>One object in that run.</summary>
    public required Guid ChangeId { get; init; }

    public required ProvisioningAction Action { get; init; }

    public required ProvisioningResult Status { get; init; }

    public ProvisioningError? Error { get; init; }

    /// <summary>The externalId.</summary>
    public required string SourceId { get; init; }

    public string SourceName { get; init; } = "";

    /// <summary>Null as long as there is no target object.</summary>
    public Guid? TargetId { get; init; }

    public string TargetName { get; init; } = "";

    /// <summary>Whether it is about a reference to another object, such as the manager.</summary>
    public bool OfReference { get; init; }

    public IReadOnlyList<ModifiedProperty> ModifiedProperties { get; init; } = [];

    public int DurationInMilliseconds { get; init; }
}
