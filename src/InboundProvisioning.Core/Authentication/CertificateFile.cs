using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace InboundProvisioning.Authentication;

/// <summary>Reads a certificate with its private key from a file: PFX (PKCS #12), or PEM on .NET 8 and later.</summary>
public static class CertificateFile
{
    // X509KeyStorageFlags.EphemeralKeySet, which .NET Standard 2.0 does not name; .NET Framework 4.7.2 knows it.
    private const X509KeyStorageFlags EphemeralKeySet = (X509KeyStorageFlags)32;

    /// <summary>Reads the certificate; the caller disposes it.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="password">The password of the PFX or of the encrypted key, or null.</param>
    /// <exception cref="InboundProvisioningException">
    /// <c>CertificateFileNotFound</c>, <c>CertificateFileInvalid</c>, <c>CertificatePasswordWrong</c>, <c>CertificatePemWithoutKey</c>,
    /// <c>CertificatePemKeyFormat</c> or <c>CertificatePemNotSupported</c>.
    /// </exception>
    public static X509Certificate2 Read(string path, SecureString? password)
    {
        byte[] content = Content(path);
        string text = Encoding.ASCII.GetString(content);
        return text.Contains("-----BEGIN ") ? FromPem(path, text, password) : FromPfx(path, content, password);
    }

    private static byte[] Content(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InboundProvisioningException(
                "CertificateFileNotFound", FaultKind.NotFound, $"There is no certificate file '{path}'.", path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InboundProvisioningException(
                "CertificateFileInvalid", FaultKind.Authentication, $"The certificate file '{path}' cannot be read: {fault.Message}", path);
        }
    }

    private static X509Certificate2 FromPfx(string path, byte[] content, SecureString? password)
    {
        try
        {
            return content.Length == 0
                ? throw new CryptographicException("The file is empty.")
                : new X509Certificate2(content, password, KeyStorage());
        }
        catch (CryptographicException fault)
        {
            // The platforms word a wrong password differently; HRESULT 0x80070056 is Windows' ERROR_INVALID_PASSWORD, which .NET uses everywhere.
            bool wrongPassword = fault.HResult == unchecked((int)0x80070056);
            throw new InboundProvisioningException(
                wrongPassword ? "CertificatePasswordWrong" : "CertificateFileInvalid",
                FaultKind.Authentication,
                wrongPassword
                    ? $"The password of the certificate file '{path}' is {(password is null ? "missing: give -CertificatePassword" : "wrong")}."
                    : $"The certificate file '{path}' is neither a PFX nor a PEM file that can be read: {fault.Message}",
                path);
        }
    }

    // The key stays out of the key store of Windows. macOS has no such thing: .NET refuses the flag there.
    private static X509KeyStorageFlags KeyStorage() =>
        RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? X509KeyStorageFlags.DefaultKeySet : EphemeralKeySet;

#if NET8_0_OR_GREATER
    private static X509Certificate2 FromPem(string path, string text, SecureString? password)
    {
        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new InboundProvisioningException(
                "CertificatePemWithoutKey",
                FaultKind.Authentication,
                $"The PEM file '{path}' holds no private key. Put the key into the same file, after the certificate.",
                path);
        }

        if (text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            throw new InboundProvisioningException(
                "CertificatePemKeyFormat",
                FaultKind.Authentication,
                $"The key in '{path}' is encrypted in OpenSSL's old form, which .NET does not read. Convert it: openssl pkcs8 -topk8 -in old.pem -out new.pem",
                path);
        }

        bool encrypted = text.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        if (encrypted && password is null)
        {
            throw new InboundProvisioningException(
                "CertificatePasswordWrong",
                FaultKind.Authentication,
                $"The key in '{path}' is encrypted. Give its password with -CertificatePassword.",
                path);
        }

        try
        {
            return encrypted
                ? X509Certificate2.CreateFromEncryptedPem(text, text, password!.Reveal())
                : X509Certificate2.CreateFromPem(text, text);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new InboundProvisioningException(
                encrypted ? "CertificatePasswordWrong" : "CertificateFileInvalid",
                FaultKind.Authentication,
                encrypted
                    ? $"The password of the key in '{path}' is wrong, or the key is not the first certificate's: {fault.Message}"
                    : $"The PEM file '{path}' cannot be read; the key must be that of the first certificate in it: {fault.Message}",
                path);
        }
    }
#else
    private static X509Certificate2 FromPem(string path, string text, SecureString? password)
    {
        _ = text;
        _ = password;
        throw new InboundProvisioningException(
            "CertificatePemNotSupported",
            FaultKind.Authentication,
            $"'{path}' is a PEM file, and .NET Framework cannot read private keys from those. Use PowerShell 7.4 or later, or convert it: "
                + "openssl pkcs12 -export -in certificate.pem -out certificate.pfx",
            path);
    }
#endif
}
