namespace InboundProvisioning.Emulator.Jobs;

/// <summary>A setting of a job: https://learn.microsoft.com/graph/api/resources/synchronization-keyvaluepair</summary>
internal sealed record SynchronizationJobSetting(string Name, string Value);
