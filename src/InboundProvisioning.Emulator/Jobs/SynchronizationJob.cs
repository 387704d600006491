using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>
/// A synchronization job as Graph answers it: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob
/// Property names and enum members are those of the published v1.0 metadata.
/// </summary>
internal sealed record SynchronizationJob(string Id, string TemplateId)
{
    public SynchronizationSchedule Schedule { get; init; } = new();

    public SynchronizationStatus Status { get; init; } = new();

    public IReadOnlyList<SynchronizationJobSetting> SynchronizationJobSettings { get; init; } =
        [new("QuarantineTooManyDeletesThreshold", "500")];
}
