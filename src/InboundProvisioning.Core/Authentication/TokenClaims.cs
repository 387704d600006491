using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Authentication;

/// <summary>
/// What a JWT says of itself, read without checking its signature: good for messages, never for decisions of trust. Claims:
/// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
/// </summary>
public sealed record TokenClaims
{
    private TokenClaims()
    {
    }

    /// <summary>Claim <c>exp</c>.</summary>
    public DateTimeOffset? ExpiresOn { get; private init; }

    /// <summary>Claim <c>tid</c>.</summary>
    public string? TenantId { get; private init; }

    /// <summary>Claim <c>appid</c> (v1.0 tokens) or <c>azp</c> (v2.0 tokens).</summary>
    public string? ClientId { get; private init; }

    /// <summary>Claim <c>app_displayname</c>: the name of the app.</summary>
    public string? ApplicationName { get; private init; }

    /// <summary>Claim <c>upn</c> or <c>preferred_username</c>: the person who signed in.</summary>
    public string? Account { get; private init; }

    /// <summary>Claim <c>roles</c>: application permissions.</summary>
    public IReadOnlyList<string> Roles { get; private init; } = [];

    /// <summary>Claim <c>scp</c>: delegated permissions. Null where the claim is absent.</summary>
    public IReadOnlyList<string>? Scopes { get; private init; }

    /// <summary>Whether the token is a person's or an app's: only the former has <c>scp</c>.</summary>
    public AuthenticationType AuthenticationType => Scopes is null ? AuthenticationType.Application : AuthenticationType.Delegated;

    /// <summary>The permissions that the token carries, of either kind.</summary>
    public IReadOnlyList<string> Permissions => Scopes ?? Roles;

    /// <summary>Reads the claims of a JWT (RFC 7519); null for any other token, which is no error.</summary>
    public static TokenClaims? TryRead(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            using JsonDocument payload = JsonDocument.Parse(FromBase64Url(parts[1]));
            JsonElement claims = payload.RootElement;
            return claims.ValueKind == JsonValueKind.Object
                ? new TokenClaims
                {
                    ExpiresOn = Time(claims, "exp"),
                    TenantId = claims.Text("tid"),
                    ClientId = claims.Text("appid") ?? claims.Text("azp"),
                    ApplicationName = claims.Text("app_displayname"),
                    Account = claims.Text("upn") ?? claims.Text("preferred_username"),
                    Roles = Texts(claims, "roles"),
                    Scopes = claims.Text("scp")?.Split([' '], StringSplitOptions.RemoveEmptyEntries),
                }
                : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return null;
        }
    }

    private static byte[] FromBase64Url(string text)
    {
        string base64 = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
    }

    private static IReadOnlyList<string> Texts(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement claim) && claim.ValueKind == JsonValueKind.Array
            ? [.. claim.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!)]
            : [];

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement claim)
        && claim.ValueKind == JsonValueKind.Number
        && claim.TryGetInt64(out long seconds)
        && seconds is >= 0 and <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
