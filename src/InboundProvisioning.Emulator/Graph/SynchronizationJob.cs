using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// A synchronization job that runs: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob
/// Property names and enum members are those of the published v1.0 metadata.
/// </summary>
internal sealed record SynchronizationJob(string Id, string TemplateId)
{
    public SynchronizationSchedule Schedule { get; } = new();

    public SynchronizationStatus Status { get; } = new();

    public IReadOnlyList<SynchronizationJobSetting> SynchronizationJobSettings { get; } = [new("QuarantineTooManyDeletesThreshold", "500")];
}
