namespace InboundProvisioning.Emulator.Graph;

/// <summary>Whether a job is scheduled to run.</summary>
internal enum SynchronizationScheduleState
{
    Active,
    Disabled,
    Paused,
}
