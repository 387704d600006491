namespace InboundProvisioning.Sync;

/// <summary>What becomes of people whose record differs only by attributes that an edited mapping changes for most.</summary>
public enum MappingChangeHandling
{
    /// <summary>The run stops.</summary>
    Stop,

    /// <summary>They are sent last, with what is left of each night's calls.</summary>
    Spread,

    /// <summary>They wait until something else of them changes.</summary>
    Lazy,

    /// <summary>They are sent as other changes.</summary>
    Resend,
}
