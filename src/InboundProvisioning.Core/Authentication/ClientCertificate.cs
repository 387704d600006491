using System;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace InboundProvisioning.Authentication;

/// <summary>What a certificate must be to sign in with: https://learn.microsoft.com/entra/identity-platform/certificate-credentials.</summary>
public static class ClientCertificate
{
    /// <summary>Refuses a certificate that cannot sign a client assertion.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="now">The time that its validity is held against.</param>
    /// <exception cref="InboundProvisioningException">
    /// <c>CertificateWithoutPrivateKey</c>, <c>CertificateNotRsa</c>, <c>CertificateExpired</c> or <c>CertificateNotYetValid</c>.
    /// </exception>
    public static void RequireUsable(X509Certificate2 certificate, DateTimeOffset now)
    {
        string name = $"The certificate '{certificate.Subject}' (thumbprint {certificate.Thumbprint})";
        if (!certificate.HasPrivateKey)
        {
            throw Fault(
                "CertificateWithoutPrivateKey",
                name + " has no private key, so it cannot sign in. Give the PFX, or a PEM file that holds the key too; from a store, take it in this user's account.");
        }

        using (var key = certificate.GetRSAPrivateKey())
        {
            if (key is null)
            {
                throw Fault("CertificateNotRsa", name + " has no RSA key. Client assertions for Microsoft Entra ID are signed with RSA.");
            }
        }

        if (certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime)
        {
            throw Fault("CertificateExpired", $"{name} ended on {Date(certificate.NotAfter)}. Register a new one with the app and sign in with that.");
        }

        if (certificate.NotBefore.ToUniversalTime() > now.UtcDateTime)
        {
            throw Fault("CertificateNotYetValid", $"{name} is valid from {Date(certificate.NotBefore)} on. Check the clock of this computer, or take another certificate.");
        }

        InboundProvisioningException Fault(string errorId, string message) =>
            new(errorId, FaultKind.Authentication, message, certificate.Thumbprint);
    }

    private static string Date(DateTime local) => local.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture);
}
