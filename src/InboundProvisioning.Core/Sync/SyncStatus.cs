namespace InboundProvisioning.Sync;

/// <summary>How a run ended.</summary>
public enum SyncStatus
{
    /// <summary>All was sent and accepted.</summary>
    Completed,

    /// <summary>Some is left for the next run: the calls of the day, or the time, came to their end.</summary>
    Incomplete,

    /// <summary>A safeguard held it back.</summary>
    Stopped,

    /// <summary>Nothing has changed.</summary>
    NothingToDo,

    /// <summary>A fault ended it.</summary>
    Failed,
}
