using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using InboundProvisioning.Emulator.Certificates;

namespace InboundProvisioning.Emulator.Identity;

/// <summary>The app registration of an API client, with a secret and a certificate.</summary>
internal sealed class ClientRegistration : IDisposable
{
    public ClientRegistration()
    {
        using RSA key = RsaKeys.ForClient();
        var request = new CertificateRequest(
            "CN=Inbound provisioning API client", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
    }

    public ClientRegistration(ClientState state)
    {
        ClientId = state.ClientId;
        ServicePrincipalId = state.ServicePrincipalId;
        Secret = state.Secret;
        Certificate = X509CertificateLoader.LoadPkcs12(state.Certificate, null, X509KeyStorageFlags.Exportable);
    }

    public Guid ClientId { get; } = Guid.NewGuid();

    /// <summary>The object id of the client's own service principal: the <c>oid</c> claim.</summary>
    public Guid ServicePrincipalId { get; } = Guid.NewGuid();

    public string Secret { get; } = Tenant.NewSecret();

    /// <summary>With its private key, which only the PFX file for the client needs.</summary>
    public X509Certificate2 Certificate { get; }

    public ClientState ToState() => new(ClientId, ServicePrincipalId, Secret, Certificate.Export(X509ContentType.Pkcs12));

    public void Dispose() => Certificate.Dispose();
}
