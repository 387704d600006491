using System;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// Checks an assertion that a client signed with its certificate:
/// https://learn.microsoft.com/entra/identity-platform/certificate-credentials#assertion-format
/// The page asks for PS256 with <c>x5t#S256</c>; its earlier form, RS256 with <c>x5t</c>, is still accepted by the service.
/// </summary>
internal sealed class ClientAssertionCheck(ClientRegistration client, string tokenEndpoint, TimeProvider clock)
{
    // Clocks differ a little. The service tolerates that; how much is not documented.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly X509Certificate2 _certificate = client.Certificate;

    /// <summary>What is wrong with the assertion, or null.</summary>
    public TokenError? Refuse(string compact)
    {
        if (JsonWebToken.TryParse(compact) is not { } assertion)
        {
            return TokenError.MalformedAssertion("It is not three parts of base64url with JSON in the first two.");
        }

        string? algorithm = JsonWebToken.Text(assertion.Header, "alg");
        RSASignaturePadding? padding = algorithm switch
        {
            "PS256" => RSASignaturePadding.Pss,
            "RS256" => RSASignaturePadding.Pkcs1,
            _ => null,
        };
        if (padding is null)
        {
            return TokenError.UnsupportedAlgorithm(algorithm);
        }

        if (!NamesRegisteredCertificate(assertion.Header))
        {
            return TokenError.UnregisteredCertificate(client.ClientId);
        }

        using RSA key = _certificate.GetRSAPublicKey()!;
        if (!assertion.IsSignedBy(key, padding))
        {
            return TokenError.WrongSignature();
        }

        return RefuseClaims(assertion);
    }

    private TokenError? RefuseClaims(JsonWebToken assertion)
    {
        string clientId = client.ClientId.ToString();
        if (!string.Equals(JsonWebToken.Text(assertion.Claims, "iss"), clientId, StringComparison.OrdinalIgnoreCase)
            || !string.Equals(JsonWebToken.Text(assertion.Claims, "sub"), clientId, StringComparison.OrdinalIgnoreCase))
        {
            return TokenError.WrongApplication();
        }

        if (!assertion.IsFor(tokenEndpoint))
        {
            return TokenError.WrongAudience();
        }

        if (string.IsNullOrEmpty(JsonWebToken.Text(assertion.Claims, "jti")))
        {
            return TokenError.MalformedAssertion("The claim 'jti' is missing.");
        }

        if (assertion.Time("exp") is not { } expires)
        {
            return TokenError.MalformedAssertion("The claim 'exp' is missing or not a time.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset? notBefore = assertion.Time("nbf");
        return now > expires + ClockSkew || now < notBefore - ClockSkew ? TokenError.OutOfTime(now, notBefore, expires) : null;
    }

    /// <summary>Every way in which the header names a certificate must name the registered one, and there must be at least one.</summary>
    private bool NamesRegisteredCertificate(JsonElement header)
    {
        bool named = false;
        if (header.TryGetProperty("x5t#S256", out JsonElement sha256))
        {
            named = true;
            if (!IsThumbprint(sha256, _certificate.GetCertHash(HashAlgorithmName.SHA256)))
            {
                return false;
            }
        }

        if (header.TryGetProperty("x5t", out JsonElement sha1))
        {
            named = true;
            if (!IsThumbprint(sha1, _certificate.GetCertHash(HashAlgorithmName.SHA1)))
            {
                return false;
            }
        }

        if (header.TryGetProperty("x5c", out JsonElement chain))
        {
            named = true;

            // An array in RFC 7515 section 4.1.6; client libraries also send the one certificate as a string.
            JsonElement first = chain.ValueKind == JsonValueKind.Array && chain.GetArrayLength() > 0 ? chain[0] : chain;
            if (first.ValueKind != JsonValueKind.String
                || !first.TryGetBytesFromBase64(out byte[]? encoded)
                || !encoded.AsSpan().SequenceEqual(_certificate.RawData))
            {
                return false;
            }
        }

        return named;
    }

    private static bool IsThumbprint(JsonElement value, byte[] hash) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(Base64Url.EncodeToString(hash));
}
