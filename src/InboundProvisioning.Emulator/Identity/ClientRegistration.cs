using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InboundProvisioning.Emulator.Identity;

/// <summary>The app registration of an API client, with a secret and a certificate.</summary>
internal sealed class ClientRegistration : IDisposable
{
    public ClientRegistration()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=Inbound provisioning API client", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
    }

    public Guid ClientId { get; } = Guid.NewGuid();

    /// <summary>The object id of the client's own service principal: the <c>oid</c> claim.</summary>
    public Guid ServicePrincipalId { get; } = Guid.NewGuid();

    public string Secret { get; } = Tenant.NewSecret();

    /// <summary>With its private key, which only the PFX file for the client needs.</summary>
    public X509Certificate2 Certificate { get; }

    public void Dispose() => Certificate.Dispose();
}
