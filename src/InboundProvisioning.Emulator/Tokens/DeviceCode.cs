using System;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>A device code and how far the user is with it.</summary>
internal sealed record DeviceCode(string Code, string UserCode, UserGrant Grant, DateTimeOffset Expires)
{
    /// <summary>Null while the user has done nothing; true when they have signed in, false when they have declined.</summary>
    public bool? Approved { get; init; }

    /// <summary>When the client asked last.</summary>
    public DateTimeOffset? LastPoll { get; init; }
}
