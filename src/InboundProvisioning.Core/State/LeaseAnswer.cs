namespace InboundProvisioning.State;

/// <summary>What becomes of the wish for a lease.</summary>
internal enum LeaseAnswer
{
    /// <summary>It is this run's.</summary>
    Taken,

    /// <summary>Another holds it.</summary>
    Held,

    /// <summary>There is no state.</summary>
    NoState,
}
