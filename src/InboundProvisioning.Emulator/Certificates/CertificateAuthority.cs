using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InboundProvisioning.Emulator.Certificates;

/// <summary>A certificate authority that lives as long as one emulator, or its data directory. Its key goes nowhere else.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // The lifetime follows the machine's clock, because TLS clients judge it by theirs.
    private readonly DateTimeOffset _notBefore;
    private readonly DateTimeOffset _notAfter;

    /// <param name="keyType">The kind of its key, and of the keys of the certificates that it issues.</param>
    public CertificateAuthority(ServerKeyType keyType)
    {
        _notBefore = DateTimeOffset.UtcNow.AddDays(-1);
        _notAfter = DateTimeOffset.UtcNow.AddDays(30);
        using AsymmetricAlgorithm key = keyType == ServerKeyType.Rsa ? RsaKeys.ForAuthority() : NewEcdsa();
        CertificateRequest request = Request("CN=Inbound provisioning emulator CA", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(_notBefore, _notAfter);
    }

    private CertificateAuthority(X509Certificate2 certificate)
    {
        Certificate = certificate;
        _notBefore = certificate.NotBefore.ToUniversalTime();
        _notAfter = certificate.NotAfter.ToUniversalTime();
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The authority that was exported, or a new one when that one has less than a day left or a key of another kind.</summary>
    /// <param name="exported">PKCS #12 without a password.</param>
    /// <param name="keyType">The kind of the key.</param>
    public static CertificateAuthority Load(byte[] exported, ServerKeyType keyType)
    {
        X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(exported, null, X509KeyStorageFlags.Exportable);
        if (KeyTypeOf(certificate) == keyType && certificate.NotAfter.ToUniversalTime() > DateTime.UtcNow.AddDays(1))
        {
            return new(certificate);
        }

        certificate.Dispose();
        return new(keyType);
    }

    public byte[] Export() => Certificate.Export(X509ContentType.Pkcs12);

    /// <summary>A TLS certificate for the names of the loopback interface.</summary>
    public X509Certificate2 IssueLoopbackCertificate()
    {
        using AsymmetricAlgorithm key = KeyTypeOf(Certificate) == ServerKeyType.Rsa ? RsaKeys.ForServer() : NewEcdsa();
        CertificateRequest request = Request("CN=localhost", key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));

        using X509Certificate2 issued = request.Create(Certificate, _notBefore, _notAfter, RandomNumberGenerator.GetBytes(16));
        using X509Certificate2 withKey = key is RSA rsa ? issued.CopyWithPrivateKey(rsa) : issued.CopyWithPrivateKey((ECDsa)key);

        // Windows' TLS stack takes no key that exists in memory only; a key that went through PKCS #12 works everywhere.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose() => Certificate.Dispose();

    private static ECDsa NewEcdsa() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key) => key is RSA rsa
        ? new(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new(name, (ECDsa)key, HashAlgorithmName.SHA256);

    private static ServerKeyType KeyTypeOf(X509Certificate2 certificate)
    {
        using RSA? key = certificate.GetRSAPublicKey();
        return key is null ? ServerKeyType.Ecdsa : ServerKeyType.Rsa;
    }
}
