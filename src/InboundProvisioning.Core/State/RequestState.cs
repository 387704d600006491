namespace InboundProvisioning.State;

/// <summary>How far a request of the outbox is.</summary>
internal enum RequestState
{
    /// <summary>It may be at the service: written before the call, and not answered yet. Found by a later run, it is in doubt.</summary>
    Sending = 1,

    /// <summary>The service has taken it (202).</summary>
    Accepted = 2,

    /// <summary>It was in doubt and is sent again, in identical bytes.</summary>
    InDoubt = 3,

    /// <summary>The service does not take it.</summary>
    Refused = 4,
}
