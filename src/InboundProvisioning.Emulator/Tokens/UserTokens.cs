using System;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;

using InboundProvisioning.Emulator.Identity;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// The answer of the token endpoint when a user has signed in: access token, id token, refresh token and <c>client_info</c>.
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#successful-response-2 and
/// https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
/// </summary>
internal sealed class UserTokens(
    Tenant tenant, AuthorityUrls urls, AccessTokens accessTokens, DelegatedScopes scopes, SigningKey signingKey, ExchangedSecrets secrets, TimeProvider clock)
{
    // https://learn.microsoft.com/entra/identity-platform/refresh-tokens#token-lifetime
    private static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<string, (UserGrant Grant, DateTimeOffset Expires)> _refreshTokens = new(StringComparer.Ordinal);

    public IResult Answer(UserGrant grant)
    {
        string? refreshToken = null;
        if (grant.Offline)
        {
            refreshToken = secrets.Issued($"1.{Tenant.NewSecret()}{Tenant.NewSecret()}");
            _refreshTokens[refreshToken] = (grant, clock.GetUtcNow() + RefreshTokenLifetime);
        }

        return Results.Json(
            new
            {
                token_type = "Bearer",
                scope = scopes.Describe(grant),
                expires_in = (int)AccessTokens.Lifetime.TotalSeconds - 1,
                ext_expires_in = (int)AccessTokens.Lifetime.TotalSeconds - 1,
                access_token = accessTokens.IssueToUser(tenant.Client.ClientId, grant.Scopes),
                refresh_token = refreshToken,
                id_token = grant.OpenId ? IdToken(grant) : null,
                client_info = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { uid = tenant.User.Id, utid = tenant.Id })),
            },
            new JsonSerializerOptions { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull });
    }

    /// <summary>What a refresh token was given for, or null when it is unknown or too old.</summary>
    public UserGrant? Redeem(string refreshToken) =>
        _refreshTokens.TryGetValue(refreshToken, out (UserGrant Grant, DateTimeOffset Expires) kept) && clock.GetUtcNow() < kept.Expires
            ? kept.Grant
            : null;

    private string IdToken(UserGrant grant)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return secrets.Issued(JsonWebToken.Sign(
            new { typ = "JWT", alg = "RS256", kid = signingKey.Id },
            new
            {
                aud = tenant.Client.ClientId,
                iss = urls.IssuerV2,
                iat = now.ToUnixTimeSeconds(),
                nbf = now.ToUnixTimeSeconds(),
                exp = (now + AccessTokens.Lifetime).ToUnixTimeSeconds(),
                name = tenant.User.Name,
                nonce = grant.Nonce,
                oid = tenant.User.Id,
                preferred_username = tenant.User.UserPrincipalName,
                sub = tenant.User.Id,
                tid = tenant.Id,
                uti = Tenant.NewSecret(),
                ver = "2.0",
            },
            signingKey.Key));
    }
}
