namespace InboundProvisioning.Emulator.Jobs;

/// <summary>What a job is doing.</summary>
internal enum SynchronizationStatusCode
{
    NotConfigured,
    NotRun,
    Active,
    Paused,
    Quarantine,
}
