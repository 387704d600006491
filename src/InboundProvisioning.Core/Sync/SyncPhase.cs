namespace InboundProvisioning.Sync;

/// <summary>What a run is busy with.</summary>
public enum SyncPhase
{
    /// <summary>It reads the state.</summary>
    ReadingState,

    /// <summary>It reads in the provisioning logs what became of the runs before.</summary>
    Settling,

    /// <summary>It sends again what a run that broke off has left in doubt.</summary>
    Resuming,

    /// <summary>It weighs what is to change.</summary>
    Planning,

    /// <summary>It sends.</summary>
    Sending,

    /// <summary>It keeps what is to be known next time.</summary>
    Finishing,

    /// <summary>It waits for what becomes of its own records.</summary>
    Following,
}
