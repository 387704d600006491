using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InboundProvisioning.Core.Tests.Authentication;

/// <summary>Certificates that are made for a test.</summary>
internal static class TestCertificates
{
    public static X509Certificate2 Rsa(DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=InboundProvisioning test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(from ?? DateTimeOffset.UtcNow.AddDays(-1), to ?? DateTimeOffset.UtcNow.AddDays(1));
    }

    public static X509Certificate2 EllipticCurve()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=InboundProvisioning test", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
