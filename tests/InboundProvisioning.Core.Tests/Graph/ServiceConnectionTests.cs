using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Core.Tests.Authentication;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using Xunit;

namespace InboundProvisioning.Core.Tests.Graph;

public sealed class ServiceConnectionTests
{
    private static readonly ConnectionSettings Nothing = new()
    {
        Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global), Credential = new GivenTokenCredential(Secrets.Of("t")),
    };

    [Fact]
    public void A_proxy_that_is_no_url_is_an_error() =>
        Assert.Equal("ProxyInvalid", Refusal(Nothing with { Proxy = new Uri("proxy:8080") }).ErrorId);

    [Fact]
    public void A_root_that_is_no_certificate_is_an_error()
    {
        string path = Path.GetTempFileName();
        try
        {
            Assert.Equal("TrustedRootInvalid", Refusal(Nothing with { TrustedRootCertificatePath = path }).ErrorId);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal("TrustedRootNotFound", Refusal(Nothing with { TrustedRootCertificatePath = path }).ErrorId);
    }

    [Fact]
    public void A_connection_names_its_credential_and_nothing_of_the_secret()
    {
        using X509Certificate2 certificate = TestCertificates.Rsa();
        using var withCertificate = ServiceConnection.Open(
            Nothing with { Credential = new CertificateCredential("t", "c", certificate) }, TimeProvider.System);
        using var withSecret = ServiceConnection.Open(
            Nothing with { Credential = new SecretCredential("t", "c", Secrets.Of("hidden")) }, TimeProvider.System);

        Assert.Equal("Certificate " + certificate.Thumbprint, withCertificate.Credential);
        Assert.Equal(("Client secret", "t", "c"), (withSecret.Credential, withSecret.TenantId, withSecret.ClientId));
        Assert.Equal(AuthenticationType.Application, withSecret.AuthenticationType);
    }

    [Fact]
    public void A_certificate_stays_the_callers()
    {
        using X509Certificate2 certificate = TestCertificates.Rsa();
        ServiceConnection.Open(Nothing with { Credential = new CertificateCredential("t", "c", certificate) }, TimeProvider.System).Dispose();

        Assert.True(certificate.HasPrivateKey);
        Assert.NotEmpty(certificate.Thumbprint);
    }

    private static InboundProvisioningException Refusal(ConnectionSettings settings) =>
        Assert.Throws<InboundProvisioningException>(() => ServiceConnection.Open(settings, new ManualTimeProvider()));
}
