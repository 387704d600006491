using System;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using InboundProvisioning.Authentication.Tokens;

namespace InboundProvisioning.Authentication.Credentials;

/// <summary>
/// A certificate with its private key, which signs an assertion:
/// https://learn.microsoft.com/entra/identity-platform/certificate-credentials.
/// </summary>
public sealed class CertificateCredential : Credential
{
    private readonly X509Certificate2 _certificate;
    private readonly bool _isOwned;

    /// <summary>Takes a certificate, which stays the caller's.</summary>
    /// <param name="tenantId">The tenant's id or one of its domains.</param>
    /// <param name="clientId">The app's id.</param>
    /// <param name="certificate">The certificate.</param>
    public CertificateCredential(string tenantId, string clientId, X509Certificate2 certificate)
        : this(tenantId, clientId, certificate, isOwned: false)
    {
    }

    private CertificateCredential(string tenantId, string clientId, X509Certificate2 certificate, bool isOwned)
        : base(tenantId, clientId)
    {
        _certificate = certificate;
        _isOwned = isOwned;
    }

    /// <inheritdoc/>
    public override string Description => "Certificate " + _certificate.Thumbprint;

    /// <summary>Takes the certificate from the personal store of the user or the computer.</summary>
    /// <exception cref="InboundProvisioningException">As <see cref="CertificateStore.Find"/>.</exception>
    public static CertificateCredential FromStore(string tenantId, string clientId, string thumbprint) =>
        new(tenantId, clientId, CertificateStore.Find(thumbprint), isOwned: true);

    /// <summary>Takes the certificate from a PFX or PEM file.</summary>
    /// <exception cref="InboundProvisioningException">As <see cref="CertificateFile.Read"/>.</exception>
    public static CertificateCredential FromFile(string tenantId, string clientId, string path, SecureString? password) =>
        new(tenantId, clientId, CertificateFile.Read(path, password), isOwned: true);

    /// <inheritdoc/>
    internal override ITokenSource CreateTokenSource(SignInContext context)
    {
        ClientCertificate.RequireUsable(_certificate, context.Time.GetUtcNow());
        return new ConfidentialClientTokenSource(context, TenantId!, ClientId!, builder => builder.WithCertificate(_certificate));
    }

    /// <inheritdoc/>
    private protected override void Dispose(bool disposing)
    {
        if (disposing && _isOwned)
        {
            _certificate.Dispose();
        }

        base.Dispose(disposing);
    }
}
