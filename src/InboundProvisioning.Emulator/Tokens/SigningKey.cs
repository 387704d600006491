using System;
using System.Buffers.Text;
using System.Security.Cryptography;

using InboundProvisioning.Emulator.Certificates;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>The key that signs access tokens, published as a JSON web key set (RFC 7517).</summary>
internal sealed class SigningKey : IDisposable
{
    public SigningKey()
        : this(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(20)), RsaKeys.ForSigning())
    {
    }

    private SigningKey(string id, RSA key)
    {
        Id = id;
        Key = key;
    }

    public RSA Key { get; }

    public string Id { get; }

    /// <param name="id">The key's id.</param>
    /// <param name="privateKey">The key, as PKCS #8.</param>
    public static SigningKey Load(string id, byte[] privateKey)
    {
        RSA key = RSA.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        return new(id, key);
    }

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
