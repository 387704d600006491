using System;

namespace InboundProvisioning.Authentication;

/// <summary>A bearer token for Microsoft Graph. It is kept in memory only, and its text never shows by accident.</summary>
public sealed class AccessToken
{
    /// <summary>Holds a token.</summary>
    /// <param name="value">The token as it goes into the Authorization header.</param>
    /// <param name="expiresOn">When it ends, or null where that is unknown (a token that is not a JWT).</param>
    public AccessToken(string value, DateTimeOffset? expiresOn)
    {
        Value = value;
        ExpiresOn = expiresOn;
    }

    /// <summary>When the token ends, or null where that is unknown.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>The token itself; internal, so that no formatter or serializer finds it.</summary>
    internal string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => "(access token)";
}
