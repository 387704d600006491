using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>An assertion put together by hand from the page on certificate credentials, to be bent by a test before it is signed.</summary>
internal sealed class ClientAssertion
{
    private readonly X509Certificate2 _certificate;

    public ClientAssertion(RunningEmulator emulator, DateTimeOffset now)
    {
        EmulatorAddress address = emulator.Address;
        _certificate = X509CertificateLoader.LoadPkcs12FromFile(address.CertificatePath, address.CertificatePassword);
        Claims = new JsonObject
        {
            ["aud"] = emulator.TokenUrl,
            ["iss"] = address.ClientId.ToString(),
            ["sub"] = address.ClientId.ToString(),
            ["jti"] = Guid.NewGuid().ToString(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
        };
    }

    public JsonObject Header { get; } = new() { ["typ"] = "JWT" };

    public JsonObject Claims { get; }

    public string Sha256Thumbprint => Base64Url.EncodeToString(_certificate.GetCertHash(HashAlgorithmName.SHA256));

    public string Sha1Thumbprint => Base64Url.EncodeToString(_certificate.GetCertHash(HashAlgorithmName.SHA1));

    public string CertificateBase64 => Convert.ToBase64String(_certificate.RawData);

    public string SignPs256(RSA? otherKey = null)
    {
        Header.TryAdd("x5t#S256", Sha256Thumbprint);
        return Sign("PS256", RSASignaturePadding.Pss, otherKey);
    }

    public string SignRs256(RSA? otherKey = null)
    {
        Header.TryAdd("x5t", Sha1Thumbprint);
        return Sign("RS256", RSASignaturePadding.Pkcs1, otherKey);
    }

    /// <summary>Signs without naming a certificate other than as the test did.</summary>
    public string Sign(string algorithm, RSASignaturePadding padding, RSA? otherKey = null)
    {
        Header["alg"] = algorithm;
        string signed = $"{Encode(Header)}.{Encode(Claims)}";
        using RSA ownKey = _certificate.GetRSAPrivateKey()!;
        byte[] signature = (otherKey ?? ownKey).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, padding);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public static Dictionary<string, string> Fields(RunningEmulator emulator, string assertion)
    {
        Dictionary<string, string> fields = emulator.TokenFields();
        fields["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        fields["client_assertion"] = assertion;
        return fields;
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
