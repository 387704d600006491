using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace InboundProvisioning.Authentication;

/// <summary>The personal certificate stores of the user and of the computer, in this order.</summary>
public static class CertificateStore
{
    private static readonly StoreLocation[] Locations = [StoreLocation.CurrentUser, StoreLocation.LocalMachine];

    /// <summary>Finds a certificate by its SHA-1 thumbprint; one with a private key comes first. The caller disposes it.</summary>
    /// <param name="thumbprint">40 hexadecimal digits; blanks, colons and what else a copy from a dialog brings along are left out.</param>
    /// <exception cref="InboundProvisioningException"><c>CertificateNotFound</c>.</exception>
    public static X509Certificate2 Find(string thumbprint)
    {
        string digits = HexDigits(thumbprint);
        X509Certificate2? withoutKey = null;
        foreach (X509Certificate2 certificate in All())
        {
            if (!string.Equals(certificate.Thumbprint, digits, StringComparison.OrdinalIgnoreCase))
            {
                certificate.Dispose();
            }
            else if (certificate.HasPrivateKey)
            {
                withoutKey?.Dispose();
                return certificate;
            }
            else
            {
                withoutKey = certificate;
            }
        }

        return withoutKey ?? throw new InboundProvisioningException(
            "CertificateNotFound",
            FaultKind.NotFound,
            $"No certificate with thumbprint '{thumbprint}' is in the stores CurrentUser\\My and LocalMachine\\My.",
            thumbprint);
    }

    /// <summary>All certificates of both stores; a store that is not there or not open to this user counts as empty. The caller disposes them.</summary>
    public static IEnumerable<X509Certificate2> All()
    {
        foreach (StoreLocation location in Locations)
        {
            foreach (X509Certificate2 certificate in CertificatesOf(location))
            {
                yield return certificate;
            }
        }
    }

    private static X509Certificate2Collection CertificatesOf(StoreLocation location)
    {
        using var store = new X509Store(StoreName.My, location);
        try
        {
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates;
        }
        catch (Exception fault) when (fault is CryptographicException or PlatformNotSupportedException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string HexDigits(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F'))
            {
                digits.Append(c);
            }
        }

        return digits.ToString();
    }
}
