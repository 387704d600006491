using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;

using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// Issues access tokens for Graph and checks those that come back. They are version 1.0 tokens, as Graph's are:
/// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
/// </summary>
internal sealed class AccessTokens(
    Tenant tenant, AuthorityUrls urls, string graph, SigningKey signingKey, RevokedTokens revoked, IReadOnlyList<string> roles, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public string Issue()
    {
        DateTimeOffset now = clock.GetUtcNow();
        return JsonWebToken.Sign(
            new { typ = "JWT", alg = "RS256", kid = signingKey.Id },
            new
            {
                aud = graph,
                iss = urls.Issuer,
                iat = now.ToUnixTimeSeconds(),
                nbf = now.ToUnixTimeSeconds(),
                exp = (now + Lifetime).ToUnixTimeSeconds(),
                appid = tenant.Client.ClientId,
                idtyp = "app",
                oid = tenant.Client.ServicePrincipalId,
                sub = tenant.Client.ServicePrincipalId,
                tid = tenant.Id,
                uti = Tenant.NewSecret(),
                ver = "1.0",
                roles,
            },
            signingKey.Key);
    }

    /// <summary>What a token grants, or the message for which Graph refuses it.</summary>
    public (Grants Grants, string? Fault) Check(string? compact)
    {
        if (string.IsNullOrEmpty(compact))
        {
            return (Grants.None, "Access token is empty.");
        }

        if (JsonWebToken.TryParse(compact) is not { } token)
        {
            return (Grants.None, "CompactToken parsing failed.");
        }

        if (JsonWebToken.Text(token.Header, "alg") != "RS256"
            || JsonWebToken.Text(token.Header, "kid") != signingKey.Id
            || !token.IsSignedBy(signingKey.Key, RSASignaturePadding.Pkcs1))
        {
            return (Grants.None, "Access token validation failure. Invalid signature.");
        }

        if (!token.IsFor(graph))
        {
            return (Grants.None, "Access token validation failure. Invalid audience.");
        }

        if (JsonWebToken.Text(token.Claims, "iss") != urls.Issuer)
        {
            return (Grants.None, "Access token validation failure. Invalid issuer.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (token.Time("exp") is not { } expires || now >= expires || token.Time("nbf") is not { } notBefore || now < notBefore || revoked.Contains(compact))
        {
            // The wording of https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-issues
            return (Grants.None, "Access token has expired or is not yet valid.");
        }

        return JsonWebToken.Text(token.Claims, "scp") is { } scopes
            ? (new Grants(OfUser: true, scopes.Split(' ')), null)
            : (new Grants(OfUser: false, [.. RolesOf(token)]), null);
    }

    private static IEnumerable<string> RolesOf(JsonWebToken token) =>
        token.Claims.TryGetProperty("roles", out JsonElement value) ? value.EnumerateArray().Select(role => role.GetString()!) : [];
}
