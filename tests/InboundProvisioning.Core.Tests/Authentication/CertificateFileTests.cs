using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using InboundProvisioning.Authentication;
using Xunit;

namespace InboundProvisioning.Core.Tests.Authentication;

public sealed class CertificateFileTests : IDisposable
{
    private const string Password = "correct horse";

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("InboundProvisioning.").FullName;
    private readonly X509Certificate2 _certificate = TestCertificates.Rsa();

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_PFX_is_read_with_its_password() => AssertIsIt(Write(_certificate.Export(X509ContentType.Pfx, Password)), Password);

    [Fact]
    public void A_PFX_without_password_is_read_without_one() => AssertIsIt(Write(_certificate.Export(X509ContentType.Pfx)), password: null);

    [Theory]
    [InlineData("wrong", "is wrong")]
    [InlineData(null, "give -CertificatePassword")]
    public void A_wrong_or_missing_password_of_a_PFX_says_so(string? password, string words)
    {
        InboundProvisioningException fault = Fault(Write(_certificate.Export(X509ContentType.Pfx, Password)), password);

        Assert.Equal(("CertificatePasswordWrong", FaultKind.Authentication), (fault.ErrorId, fault.Kind));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_PEM_file_with_its_key_is_read_in_either_order(bool keyFirst)
    {
        string certificate = _certificate.ExportCertificatePem();
        string key = Key().ExportPkcs8PrivateKeyPem();

        AssertIsIt(Write(keyFirst ? key + "\n" + certificate : certificate + "\n" + key), password: null);
    }

    [Fact]
    public void A_PEM_file_with_an_RSA_key_and_the_chain_behind_the_certificate_is_read()
    {
        using X509Certificate2 issuer = TestCertificates.Rsa();

        AssertIsIt(Write(_certificate.ExportCertificatePem() + "\n" + issuer.ExportCertificatePem() + "\n" + Key().ExportRSAPrivateKeyPem()), password: null);
    }

    [Fact]
    public void An_encrypted_key_in_PEM_is_read_with_its_password() => AssertIsIt(Write(EncryptedPem()), Password);

    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public void A_wrong_or_missing_password_of_a_PEM_key_says_so(string? password) =>
        Assert.Equal("CertificatePasswordWrong", Fault(Write(EncryptedPem()), password).ErrorId);

    [Fact]
    public void A_PEM_file_without_key_says_so() =>
        Assert.Equal("CertificatePemWithoutKey", Fault(Write(_certificate.ExportCertificatePem()), null).ErrorId);

    [Fact]
    public void A_key_of_another_certificate_says_so()
    {
        using X509Certificate2 other = TestCertificates.Rsa();

        Assert.Equal("CertificateFileInvalid", Fault(Write(other.ExportCertificatePem() + "\n" + Key().ExportPkcs8PrivateKeyPem()), null).ErrorId);
    }

    [Fact]
    public void A_key_in_OpenSSLs_old_encryption_gets_the_command_that_converts_it()
    {
        InboundProvisioningException fault = Fault(
            Write(_certificate.ExportCertificatePem() + "\n-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"),
            Password);

        Assert.Equal("CertificatePemKeyFormat", fault.ErrorId);
        Assert.Contains("openssl pkcs8", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_something_else_says_so()
    {
        Assert.Equal("CertificateFileInvalid", Fault(Write("hello"), null).ErrorId);
        Assert.Equal("CertificateFileInvalid", Fault(Write(string.Empty), null).ErrorId);
        Assert.Equal("CertificateFileInvalid", Fault(_folder, null).ErrorId);
        Assert.Equal("CertificateFileNotFound", Fault(Path.Combine(_folder, "none.pfx"), null).ErrorId);
    }

    [Fact]
    public void A_usable_certificate_passes() => ClientCertificate.RequireUsable(_certificate, DateTimeOffset.UtcNow);

    [Fact]
    public void A_certificate_that_cannot_sign_in_says_why()
    {
        using X509Certificate2 withoutKey = X509CertificateLoader.LoadCertificate(_certificate.RawData);
        using X509Certificate2 curve = TestCertificates.EllipticCurve();

        Assert.Equal("CertificateWithoutPrivateKey", Refusal(withoutKey, DateTimeOffset.UtcNow));
        Assert.Equal("CertificateNotRsa", Refusal(curve, DateTimeOffset.UtcNow));
        Assert.Equal("CertificateExpired", Refusal(_certificate, DateTimeOffset.UtcNow.AddDays(2)));
        Assert.Equal("CertificateNotYetValid", Refusal(_certificate, DateTimeOffset.UtcNow.AddDays(-2)));
    }

    [Fact]
    public void A_thumbprint_is_found_in_the_users_store_however_it_was_copied()
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        using X509Certificate2 stored = X509CertificateLoader.LoadPkcs12(
            _certificate.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.PersistKeySet);
        store.Add(stored);
        try
        {
            string copied = "\u200E" + string.Join(' ', _certificate.Thumbprint.ToLowerInvariant().Chunk(2).Select(pair => new string(pair)));

            using X509Certificate2 found = CertificateStore.Find(copied);

            Assert.Equal(_certificate.Thumbprint, found.Thumbprint);
            Assert.True(found.HasPrivateKey);
        }
        finally
        {
            store.Remove(stored);
        }
    }

    [Fact]
    public void A_thumbprint_that_is_in_no_store_says_so() => Assert.Equal(
        "CertificateNotFound", Assert.Throws<InboundProvisioningException>(() => CertificateStore.Find(new string('0', 40))).ErrorId);

    private static string Refusal(X509Certificate2 certificate, DateTimeOffset now) =>
        Assert.Throws<InboundProvisioningException>(() => ClientCertificate.RequireUsable(certificate, now)).ErrorId;

    private static InboundProvisioningException Fault(string path, string? password)
    {
        var fault = Assert.Throws<InboundProvisioningException>(() => CertificateFile.Read(path, password is null ? null : Secrets.Of(password)));
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, fault.ToString(), StringComparison.Ordinal);
        return fault;
    }

    private RSA Key() => _certificate.GetRSAPrivateKey()!;

    private string EncryptedPem() => _certificate.ExportCertificatePem() + "\n" + Key().ExportEncryptedPkcs8PrivateKeyPem(Password, Encryption);

    private void AssertIsIt(string path, string? password)
    {
        using X509Certificate2 read = CertificateFile.Read(path, password is null ? null : Secrets.Of(password));
        Assert.Equal(_certificate.Thumbprint, read.Thumbprint);
        ClientCertificate.RequireUsable(read, DateTimeOffset.UtcNow);
        Assert.Equal(256, read.GetRSAPrivateKey()!.SignData([1, 2, 3], HashAlgorithmName.SHA256, RSASignaturePadding.Pss).Length);
    }

    private string Write(string content) => Write(Encoding.ASCII.GetBytes(content));

    private string Write(byte[] content)
    {
        string path = Path.Combine(_folder, "certificate");
        File.WriteAllBytes(path, content);
        return path;
    }
}
