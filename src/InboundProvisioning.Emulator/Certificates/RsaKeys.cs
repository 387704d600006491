using System;
using System.Security.Cryptography;

namespace InboundProvisioning.Emulator.Certificates;

/// <summary>
/// The RSA keys of new emulators. Finding one takes a quarter of a second, most of an emulator's start: the emulators of one process,
/// which are those of a test run, share two. A token is still one emulator's alone, by its issuer, tenant and key id.
/// </summary>
internal static class RsaKeys
{
    private static readonly Lazy<RSAParameters> Signing = new(Find);
    private static readonly Lazy<RSAParameters> Client = new(Find);

    /// <summary>The key that signs tokens; the caller disposes it.</summary>
    public static RSA ForSigning() => RSA.Create(Signing.Value);

    /// <summary>The key of the client's certificate; the caller disposes it.</summary>
    public static RSA ForClient() => RSA.Create(Client.Value);

    private static RSAParameters Find()
    {
        using RSA key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }
}
