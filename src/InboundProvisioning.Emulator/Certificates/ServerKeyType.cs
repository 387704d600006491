namespace InboundProvisioning.Emulator.Certificates;

/// <summary>The kind of key that the TLS certificate has, and the certificate authority that signed it.</summary>
public enum ServerKeyType
{
    /// <summary>ECDSA on the curve P-256: made in no time.</summary>
    Ecdsa,

    /// <summary>RSA with 2,048 bits, for clients that know nothing else, such as Mono 6.8.</summary>
    Rsa,
}
