using System;

namespace InboundProvisioning.Authentication;

/// <summary>A bearer token for Microsoft Graph. It is kept in memory only, and its text never shows by accident.</summary>
public sealed class AccessToken
{
    /// <summary>Holds a token.</summary>
    /// <param name="value">The token as it goes into the Authorization header.</param>
    /// <param name="expiresOn">When it ends, or null where that is unknown (a token that is not a JWT).</param>
    /// <param name="account">The person who signed in, or null.</param>
    public AccessToken(string value, DateTimeOffset? expiresOn, string? account = null)
    {
        Value = value;
        ExpiresOn = expiresOn;
        Claims = TokenClaims.TryRead(value);
        Account = account ?? Claims?.Account;
    }

    /// <summary>When the token ends, or null where that is unknown.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>The person who signed in, as a user name; null for an app by itself, or where it is unknown.</summary>
    public string? Account { get; }

    /// <summary>What the token says of itself; null where it is no JWT, which is no error.</summary>
    public TokenClaims? Claims { get; }

    /// <summary>The token itself; internal, so that no formatter or serializer finds it.</summary>
    internal string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => "(access token)";
}
