using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;

namespace InboundProvisioning.Emulator.Certificates;

/// <summary>The certificates and the federated token that clients read, in a directory of the current user. One of its own goes when
/// the emulator stops.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly bool _keep;

    /// <param name="authority">The certificate authority.</param>
    /// <param name="client">The client's certificate.</param>
    /// <param name="clientPassword">The password of the client's file.</param>
    /// <param name="directory">Where the files go and stay; null for a directory of their own.</param>
    public CertificateFiles(X509Certificate2 authority, X509Certificate2 client, string clientPassword, string? directory = null)
    {
        _keep = directory is not null;
        _directory = directory is null ? Directory.CreateTempSubdirectory("inbound-provisioning-emulator-") : new DirectoryInfo(directory);
        AuthorityPath = Path.Combine(_directory.FullName, "ca.pem");
        File.WriteAllText(AuthorityPath, authority.ExportCertificatePem() + "\n");

        ClientPath = Path.Combine(_directory.FullName, "client.pfx");
        File.WriteAllBytes(ClientPath, client.Export(X509ContentType.Pkcs12, clientPassword));
    }

    /// <summary>Where <see cref="WriteFederatedToken"/> writes.</summary>
    public string FederatedTokenPath => Path.Combine(_directory.FullName, "federated-token");

    /// <summary>Puts a token in place of the one that is there, at once, as a kubelet does.</summary>
    public void WriteFederatedToken(string token)
    {
        string beside = $"{FederatedTokenPath}.new";
        File.WriteAllText(beside, token);
        File.Move(beside, FederatedTokenPath, overwrite: true);
    }

    /// <summary>PEM.</summary>
    public string AuthorityPath { get; }

    /// <summary>PKCS #12, with the private key.</summary>
    public string ClientPath { get; }

    public void Dispose()
    {
        if (_keep)
        {
            return;
        }

        try
        {
            _directory.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A file that somebody still reads stays behind; stopping must not fail for it.
        }
    }
}
