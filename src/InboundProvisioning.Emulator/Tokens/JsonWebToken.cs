using System;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>A signed JSON web token in its compact form (RFC 7519, RFC 7515 section 7.1), taken apart and not yet believed.</summary>
internal sealed class JsonWebToken
{
    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private JsonWebToken(JsonElement header, JsonElement claims, byte[] signed, byte[] signature)
    {
        Header = header;
        Claims = claims;
        _signed = signed;
        _signature = signature;
    }

    public JsonElement Header { get; }

    public JsonElement Claims { get; }

    public static JsonWebToken? TryParse(string compact)
    {
        string[] parts = compact.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            JsonElement header = JsonElement.Parse(Base64Url.DecodeFromChars(parts[0]));
            JsonElement claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
            return header.ValueKind == JsonValueKind.Object && claims.ValueKind == JsonValueKind.Object
                ? new JsonWebToken(
                    header, claims, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]))
                : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return null;
        }
    }

    public static string Sign(object header, object claims, RSA key)
    {
        string signed = $"{Encode(header)}.{Encode(claims)}";
        byte[] signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public bool IsSignedBy(RSA key, RSASignaturePadding padding) =>
        key.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, padding);

    /// <summary>The text of a member, or null where there is none.</summary>
    public static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A NumericDate claim (RFC 7519 section 2). Client libraries also write it as a string of digits, which Entra takes.</summary>
    public DateTimeOffset? Time(string claim)
    {
        if (!Claims.TryGetProperty(claim, out JsonElement value))
        {
            return null;
        }

        string digits = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
    }

    /// <summary>Whether the <c>aud</c> claim, a string or an array of them (RFC 7519 section 4.1.3), names the audience.</summary>
    public bool IsFor(string audience)
    {
        if (!Claims.TryGetProperty("aud", out JsonElement value))
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() == audience;
        }

        foreach (JsonElement element in value.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.String && element.GetString() == audience)
            {
                return true;
            }
        }

        return false;
    }

    private static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
