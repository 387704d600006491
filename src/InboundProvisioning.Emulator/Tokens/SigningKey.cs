using System;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>The key that signs access tokens, published as a JSON web key set (RFC 7517).</summary>
internal sealed class SigningKey : IDisposable
{
    public RSA Key { get; } = RSA.Create(2048);

    public string Id { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(20));

    public object ToKeySet()
    {
        RSAParameters publicKey = Key.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA",
                    use = "sig",
                    alg = "RS256",
                    kid = Id,
                    n = Base64Url.EncodeToString(publicKey.Modulus),
                    e = Base64Url.EncodeToString(publicKey.Exponent),
                },
            },
        };
    }

    public void Dispose() => Key.Dispose();
}
