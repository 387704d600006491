namespace InboundProvisioning.Sync;

/// <summary>What a run is busy with.</summary>
public enum SyncPhase
{
    /// <summary>It reads the state.</summary>
    ReadingState,

    /// <summary>It sends again what a run that broke off has left in doubt.</summary>
    Resuming,

    /// <summary>It weighs what is to change.</summary>
    Planning,

    /// <summary>It sends.</summary>
    Sending,

    /// <summary>It keeps what is to be known next time.</summary>
    Finishing,
}
