using System;
using System.Security.Cryptography;

namespace InboundProvisioning.Emulator.Certificates;

/// <summary>
/// The RSA keys of new emulators. Finding one takes a quarter of a second, most of an emulator's start: the emulators of one process,
/// which are those of a test run, share them. A token is still one emulator's alone, by its issuer, tenant and key id.
/// </summary>
internal static class RsaKeys
{
    private static readonly Lazy<RSAParameters> Signing = new(Find);
    private static readonly Lazy<RSAParameters> Client = new(Find);
    private static readonly Lazy<RSAParameters> Authority = new(Find);
    private static readonly Lazy<RSAParameters> Server = new(Find);

    /// <summary>The key that signs tokens; the caller disposes it.</summary>
    public static RSA ForSigning() => RSA.Create(Signing.Value);

    /// <summary>The key of the client's certificate; the caller disposes it.</summary>
    public static RSA ForClient() => RSA.Create(Client.Value);

    /// <summary>The key of a certificate authority; the caller disposes it.</summary>
    public static RSA ForAuthority() => RSA.Create(Authority.Value);

    /// <summary>The key of a TLS certificate; the caller disposes it.</summary>
    public static RSA ForServer() => RSA.Create(Server.Value);

    private static RSAParameters Find()
    {
        using RSA key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }
}
