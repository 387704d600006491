using System;
using System.IO;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InboundProvisioning.Http;

/// <summary>
/// The root certificate of a private endpoint, trusted by this connection beside the system's roots and without touching the
/// system's stores. Host name and validity are checked as ever.
/// </summary>
public sealed class TrustedRoot : IDisposable
{
    private readonly X509Certificate2 _root;

    private TrustedRoot(X509Certificate2 root)
    {
        _root = root;
    }

    /// <summary>Reads the root from a PEM or DER file.</summary>
    /// <exception cref="InboundProvisioningException"><c>TrustedRootNotFound</c> or <c>TrustedRootInvalid</c>.</exception>
    public static TrustedRoot Read(string path)
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            return content.Length == 0
                ? throw new CryptographicException("The file is empty.")
                : new TrustedRoot(new X509Certificate2(content));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InboundProvisioningException(
                "TrustedRootNotFound", FaultKind.NotFound, $"There is no file '{path}' (-TrustedRootCertificatePath).", path);
        }
        catch (CryptographicException fault)
        {
            throw new InboundProvisioningException(
                "TrustedRootInvalid",
                FaultKind.InvalidData,
                $"'{path}' (-TrustedRootCertificatePath) is not a certificate in PEM or DER form: {fault.Message}",
                path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InboundProvisioningException(
                "TrustedRootInvalid", FaultKind.InvalidData, $"'{path}' (-TrustedRootCertificatePath) cannot be read: {fault.Message}", path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Dispose();

    /// <summary>Decides on a server: what the system trusts is fine; else its chain must end in this root and have no other fault.</summary>
    internal bool Accepts(X509Certificate? server, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || server is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (presented is not null)
        {
            foreach (X509ChainElement element in presented.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        using var leaf = new X509Certificate2(server);
        return EndsInRoot(chain, leaf);
    }

#if NET8_0_OR_GREATER
    private bool EndsInRoot(X509Chain chain, X509Certificate2 leaf)
    {
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        return chain.Build(leaf);
    }
#else
    // .NET Framework has no custom trust: the chain may end in an unknown root, which must then be this one, and have no other fault.
    private bool EndsInRoot(X509Chain chain, X509Certificate2 leaf)
    {
        chain.ChainPolicy.ExtraStore.Add(_root);
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (!chain.Build(leaf))
        {
            return false;
        }

        foreach (X509ChainStatus status in chain.ChainStatus)
        {
            if (status.Status != X509ChainStatusFlags.UntrustedRoot)
            {
                return false;
            }
        }

        X509Certificate2 last = chain.ChainElements[chain.ChainElements.Count - 1].Certificate;
        return last.RawData.AsSpan().SequenceEqual(_root.RawData);
    }
#endif
}
