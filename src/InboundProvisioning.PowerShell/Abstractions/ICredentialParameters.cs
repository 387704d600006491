using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>The parameters of the ways to sign in, which Connect-InboundProvisioning and each cmdlet that calls the service take.</summary>
internal interface ICredentialParameters
{
    string? TenantId { get; }

    string? ClientId { get; }

    X509Certificate2? Certificate { get; }

    string? CertificateThumbprint { get; }

    string? CertificatePath { get; }

    SecureString? CertificatePassword { get; }

    SecureString? ClientSecret { get; }

    PSCredential? ClientSecretCredential { get; }

    string? FederatedTokenPath { get; }

    SwitchParameter Identity { get; }

    SwitchParameter UseDeviceCode { get; }

    SwitchParameter Interactive { get; }

    string[]? Scope { get; }

    SecureString? AccessToken { get; }
}
