namespace InboundProvisioning.Sync;

/// <summary>What a limit that is passed does.</summary>
public enum LimitAction
{
    /// <summary>Nothing is sent.</summary>
    Stop,

    /// <summary>What is within its limits is sent, the rest is held back. The run does not end with 0.</summary>
    Hold,
}
