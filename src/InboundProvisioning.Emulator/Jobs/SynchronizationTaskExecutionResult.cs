namespace InboundProvisioning.Emulator.Jobs;

/// <summary>How a run ended.</summary>
internal enum SynchronizationTaskExecutionResult
{
    Succeeded,
    Failed,
    EntryLevelErrors,
}
