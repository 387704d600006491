using System;
using System.Security.Cryptography;

namespace InboundProvisioning.Packager;

/// <summary>A file on its way into a package.</summary>
/// <param name="Name">Its path in the folder or archive, with slashes.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record ModuleFile(string Name, byte[] Content)
{
    /// <summary>Its SHA-256, as small hexadecimal digits.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Content));
}
