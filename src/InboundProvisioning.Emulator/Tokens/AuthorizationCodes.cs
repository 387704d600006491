using System;
using System.Collections.Concurrent;

using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>The authorization codes that are under way. Each is taken once.</summary>
internal sealed class AuthorizationCodes(ExchangedSecrets secrets, TimeProvider clock)
{
    // https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#successful-response: "typically ... about 10 minutes".
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, AuthorizationCode> _codes = new(StringComparer.Ordinal);

    public string Issue(UserGrant grant, string redirectUri, string? challenge, string challengeMethod)
    {
        string code = secrets.Issued($"1.{Tenant.NewSecret()}{Tenant.NewSecret()}");
        _codes[code] = new AuthorizationCode(grant, redirectUri, challenge, challengeMethod, clock.GetUtcNow() + Lifetime);
        return code;
    }

    /// <summary>Takes a code, so that it cannot be used again.</summary>
    public (AuthorizationCode? Code, TokenError? Fault) Take(string code)
    {
        if (!_codes.TryRemove(code, out AuthorizationCode? taken))
        {
            return (null, TokenError.CodeRedeemed());
        }

        return clock.GetUtcNow() < taken.Expires ? (taken, null) : (null, TokenError.CodeExpired());
    }
}
