namespace InboundProvisioning.Emulator.Persistence;

/// <summary>The keys of the emulator: what its clients trust, and what signs tokens.</summary>
/// <param name="Authority">The certificate authority as PKCS #12 without a password.</param>
/// <param name="CertificatePassword">The password of the client's PFX file.</param>
/// <param name="SigningKeyId">The id of the key that signs tokens.</param>
/// <param name="SigningKey">That key, as PKCS #8.</param>
/// <param name="ManagedIdentityHeader">The secret of the managed identity endpoint.</param>
internal sealed record KeyState(byte[] Authority, string CertificatePassword, string SigningKeyId, byte[] SigningKey, string ManagedIdentityHeader);
