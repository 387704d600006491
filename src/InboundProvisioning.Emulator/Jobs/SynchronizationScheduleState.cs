namespace InboundProvisioning.Emulator.Jobs;

/// <summary>Whether a job is scheduled to run.</summary>
internal enum SynchronizationScheduleState
{
    Active,
    Disabled,
    Paused,
}
