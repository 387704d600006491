using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Timing;
using Xunit;

namespace InboundProvisioning.Core.Tests.Authentication;

public sealed class ServiceConnectionTests
{
    private static readonly ConnectionSettings Nothing = new() { Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global) };

    [Fact]
    public void No_credential_is_an_error() => Assert.Equal("CredentialMissing", Refusal(Nothing).ErrorId);

    [Fact]
    public void Several_credentials_are_named()
    {
        InboundProvisioningException fault = Refusal(Nothing with { AccessToken = Secrets.Of("t"), CertificateThumbprint = "00" });

        Assert.Equal("CredentialConflict", fault.ErrorId);
        Assert.Contains("-CertificateThumbprint, -AccessToken", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_without_its_file_is_an_error() =>
        Assert.Equal("CredentialConflict", Refusal(Nothing with { ClientSecret = Secrets.Of("s"), CertificatePassword = Secrets.Of("p") }).ErrorId);

    [Fact]
    public void An_app_needs_its_tenant_and_its_id()
    {
        Assert.Equal("TenantIdMissing", Refusal(Nothing with { ClientSecret = Secrets.Of("s"), ClientId = "c" }).ErrorId);
        Assert.Equal("ClientIdMissing", Refusal(Nothing with { ClientSecret = Secrets.Of("s"), TenantId = "t" }).ErrorId);
    }

    [Fact]
    public void A_proxy_that_is_no_url_is_an_error() =>
        Assert.Equal("ProxyInvalid", Refusal(Nothing with { AccessToken = Secrets.Of("t"), Proxy = new Uri("proxy:8080") }).ErrorId);

    [Fact]
    public void A_root_that_is_no_certificate_is_an_error()
    {
        string path = Path.GetTempFileName();
        try
        {
            Assert.Equal("TrustedRootInvalid", Refusal(Nothing with { AccessToken = Secrets.Of("t"), TrustedRootCertificatePath = path }).ErrorId);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal("TrustedRootNotFound", Refusal(Nothing with { AccessToken = Secrets.Of("t"), TrustedRootCertificatePath = path }).ErrorId);
    }

    [Fact]
    public void A_connection_names_its_credential_and_nothing_of_the_secret()
    {
        using X509Certificate2 certificate = TestCertificates.Rsa();
        using var withCertificate = ServiceConnection.Open(
            Nothing with { Certificate = certificate, TenantId = "t", ClientId = "c" }, TimeProvider.System);
        using var withSecret = ServiceConnection.Open(
            Nothing with { ClientSecret = Secrets.Of("hidden"), TenantId = "t", ClientId = "c" }, TimeProvider.System);

        Assert.Equal("Certificate " + certificate.Thumbprint, withCertificate.Credential);
        Assert.Equal(("Client secret", "t", "c"), (withSecret.Credential, withSecret.TenantId, withSecret.ClientId));
    }

    [Fact]
    public void A_certificate_stays_the_callers()
    {
        using X509Certificate2 certificate = TestCertificates.Rsa();
        ServiceConnection.Open(Nothing with { Certificate = certificate, TenantId = "t", ClientId = "c" }, TimeProvider.System).Dispose();

        Assert.True(certificate.HasPrivateKey);
        Assert.NotEmpty(certificate.Thumbprint);
    }

    private static InboundProvisioningException Refusal(ConnectionSettings settings) =>
        Assert.Throws<InboundProvisioningException>(() => ServiceConnection.Open(settings, new ManualTimeProvider()));
}
