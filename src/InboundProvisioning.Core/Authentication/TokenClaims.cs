using System;
using System.Text.Json;

namespace InboundProvisioning.Authentication;

/// <summary>
/// What a JWT says of itself, read without checking its signature: good for messages, never for decisions of trust. Claims:
/// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
/// </summary>
public sealed record TokenClaims
{
    private TokenClaims(DateTimeOffset? expiresOn, string? tenantId, string? clientId)
    {
        ExpiresOn = expiresOn;
        TenantId = tenantId;
        ClientId = clientId;
    }

    /// <summary>Claim <c>exp</c>.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>Claim <c>tid</c>.</summary>
    public string? TenantId { get; }

    /// <summary>Claim <c>appid</c> (v1.0 tokens) or <c>azp</c> (v2.0 tokens).</summary>
    public string? ClientId { get; }

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
                ? new TokenClaims(Time(claims, "exp"), Text(claims, "tid"), Text(claims, "appid") ?? Text(claims, "azp"))
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

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement claim)
        && claim.ValueKind == JsonValueKind.Number
        && claim.TryGetInt64(out long seconds)
        && seconds is >= 0 and <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
