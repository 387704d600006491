using System;
using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;

namespace InboundProvisioning.Authentication;

/// <summary>How to sign in, and the way to the service. One kind of credential is given.</summary>
public sealed record ConnectionSettings
{
    /// <summary>Where Microsoft Graph and the sign-in service are.</summary>
    public required ServiceEndpoints Endpoints { get; init; }

    /// <summary>The tenant's id or one of its domains; needed by all but <see cref="AccessToken"/>.</summary>
    public string? TenantId { get; init; }

    /// <summary>The app's id; needed by all but <see cref="AccessToken"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>A certificate with its private key; it stays the caller's.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The thumbprint of a certificate in the personal store of the user or the computer.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary>The full path of a PFX or PEM file.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>The password of <see cref="CertificatePath"/>.</summary>
    public SecureString? CertificatePassword { get; init; }

    /// <summary>The value of a client secret.</summary>
    public SecureString? ClientSecret { get; init; }

    /// <summary>An access token that was got elsewhere.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>The full path of a private root certificate to trust too.</summary>
    public string? TrustedRootCertificatePath { get; init; }

    /// <summary>The proxy; null for the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The sign-in of the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>How often a sign-in is tried again.</summary>
    public Graph.RetrySettings Retries { get; init; } = new();
}
