using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests;

public sealed class ConnectInboundProvisioningTests(EmulatedService emulator) : IClassFixture<EmulatedService>, IDisposable
{
    private readonly EmulatedSession _service = emulator.OpenSession();

    public void Dispose() => _service.Dispose();

    [Fact]
    public void A_client_secret_connects_and_the_connection_says_who_to_what_and_until_when()
    {
        PSObject connection = Assert.Single(_service.Run("Connect-InboundProvisioning @secretSignIn @job").ThrowIfFailed().Output);

        Assert.Equal(_service.Address.TenantId.ToString(), connection.Properties["TenantId"].Value);
        Assert.Equal(_service.Address.ClientId.ToString(), connection.Properties["ClientId"].Value);
        Assert.Equal("Client secret", connection.Properties["Credential"].Value);
        Assert.Equal("Global", connection.Properties["Environment"].Value.ToString());
        Assert.Equal(new Uri(_service.Address.Graph), connection.Properties["Graph"].Value);
        Assert.Equal(_service.Address.ServicePrincipalId.ToString(), connection.Properties["ServicePrincipalId"].Value);
        Assert.Equal(_service.Address.JobId, connection.Properties["JobId"].Value);
        Assert.InRange((DateTimeOffset)connection.Properties["ExpiresOn"].Value, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(2));
    }

    [Theory]
    [InlineData("-CertificatePath $emulator.CertificatePath -CertificatePassword $certificatePassword")]
    [InlineData("-Certificate $certificate")]
    [InlineData("-ClientCertificate $certificate")]
    public void A_certificate_connects(string credential)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12FromFile(_service.Address.CertificatePath, _service.Address.CertificatePassword);

        PSObject connection = Assert.Single(_service.Run(
            $"Connect-InboundProvisioning -TenantId $emulator.TenantId -ClientId $emulator.ClientId {credential} @private @job",
            ("certificate", certificate)).ThrowIfFailed().Output);

        Assert.Equal("Certificate " + certificate.Thumbprint, connection.Properties["Credential"].Value);
        _service.Run("$payload | Send-ScimBulkPayload", ("payload", Payload.Of("a"))).ThrowIfFailed();
        Assert.Equal(["a"], _service.Staged);
    }

    [Fact]
    public void A_thumbprint_connects_with_the_certificate_of_the_users_store()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12FromFile(
            _service.Address.CertificatePath, _service.Address.CertificatePassword, X509KeyStorageFlags.PersistKeySet);
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        store.Add(certificate);
        try
        {
            _service.Run(
                "Connect-InboundProvisioning -TenantId $emulator.TenantId -ClientId $emulator.ClientId -CertificateThumbprint $thumbprint @private @job",
                ("thumbprint", certificate.Thumbprint)).ThrowIfFailed();
            string input = $"Connect-InboundProvisioning -CertificateThumbprint {certificate.Thumbprint[..8]}";
            using PowerShell shell = _service.Session.NewPowerShell();
            Assert.Contains(
                certificate.Thumbprint, CommandCompletion.CompleteInput(input, input.Length, null, shell).CompletionMatches.Select(match => match.CompletionText));
        }
        finally
        {
            store.Remove(certificate);
        }
    }

    [Fact]
    public void A_given_token_connects_without_tenant_and_client()
    {
        string token = Jwt(DateTimeOffset.UtcNow.AddHours(1));

        PSObject connection = Assert.Single(_service.Run(
            "Connect-InboundProvisioning -AccessToken $token @private @job", ("token", EmulatedService.Secure(token))).ThrowIfFailed().Output);

        Assert.Equal(("Access token", "the-tenant"), (connection.Properties["Credential"].Value, connection.Properties["TenantId"].Value));
    }

    [Fact]
    public void A_token_that_has_ended_gets_its_own_error()
    {
        PowerShellResult result = _service.Run(
            "Connect-InboundProvisioning -AccessToken $token @private", ("token", EmulatedService.Secure(Jwt(DateTimeOffset.UtcNow.AddHours(-1)))));

        AssertFailure(result, "AccessTokenExpired", ErrorCategory.AuthenticationError);
    }

    [Fact]
    public void The_portals_url_names_service_principal_and_job()
    {
        PSObject connection = Assert.Single(_service.Run(
            """
            Connect-InboundProvisioning @secretSignIn -ProvisioningEndpoint "$($emulator.Graph)/beta/servicePrincipals/$($emulator.ServicePrincipalId)/synchronization/jobs/$($emulator.JobId)/bulkUpload"
            """).ThrowIfFailed().Output);

        Assert.Equal(_service.Address.JobId, connection.Properties["JobId"].Value);
    }

    [Theory]
    [InlineData("-Environment USGov", "https://graph.microsoft.us/")]
    [InlineData("-Environment USGovDoD", "https://dod-graph.microsoft.us/")]
    [InlineData("-Environment China", "https://microsoftgraph.chinacloudapi.cn/")]
    [InlineData("-ProvisioningEndpoint https://graph.microsoft.us/beta/servicePrincipals/x/synchronization/jobs/y/bulkUpload", "https://graph.microsoft.us/")]
    [InlineData("", "https://graph.microsoft.com/")]
    public void The_cloud_decides_on_the_graph_host(string parameters, string graph) => Assert.Equal(
        new Uri(graph),
        Assert.Single(_service.Run($"Connect-InboundProvisioning -AccessToken $token {parameters}", ("token", EmulatedService.Secure("opaque")))
            .ThrowIfFailed().Output).Properties["Graph"].Value);

    [Fact]
    public void A_wrong_secret_shows_at_once_with_the_words_of_the_service_and_without_the_secret()
    {
        PowerShellResult result = _service.Run(
            "$secretSignIn.ClientSecret = $wrong; Connect-InboundProvisioning @secretSignIn -Verbose -Debug", ("wrong", EmulatedService.Secure("hidden-secret")));

        ErrorRecord error = AssertFailure(result, "SignInFailed", ErrorCategory.AuthenticationError);
        Assert.Contains("AADSTS7000215", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-secret", error.Exception + string.Join(' ', result.Verbose) + _service.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_sign_in_leaves_the_connection_as_it_was()
    {
        _service.Connect();
        _service.Run("$secretSignIn.ClientSecret = $wrong; Connect-InboundProvisioning @secretSignIn", ("wrong", EmulatedService.Secure("x")));

        _service.Run("$payload | Send-ScimBulkPayload", ("payload", Payload.Of("a"))).ThrowIfFailed();

        Assert.Equal(["a"], _service.Staged);
    }

    [Theory]
    [InlineData("-GraphEndpoint http://graph.example", "EndpointNotHttps")]
    [InlineData("-AuthorityHost http://sts.example", "EndpointNotHttps")]
    [InlineData("-GraphEndpoint graph.example", "EndpointInvalid")]
    [InlineData("-ProvisioningEndpoint http://graph.microsoft.com/beta/servicePrincipals/x/synchronization/jobs/y/bulkUpload", "EndpointNotHttps")]
    [InlineData("-ProvisioningEndpoint https://graph.microsoft.com/nothing", "ProvisioningEndpointInvalid")]
    [InlineData("-ProvisioningEndpoint https://evil.example/beta/servicePrincipals/x/synchronization/jobs/y/bulkUpload", "ProvisioningEndpointHost")]
    [InlineData("-ProvisioningEndpoint https://graph.microsoft.com/beta/servicePrincipals/x/synchronization/jobs/y/bulkUpload -JobId y", "TargetConflict")]
    [InlineData("-ServicePrincipalId 'My app'", "ServicePrincipalIdInvalid")]
    [InlineData("-Proxy proxy:8080", "ProxyInvalid")]
    [InlineData("-TrustedRootCertificatePath Env:/ca.pem", "NotAFile")]
    public void Parameters_that_cannot_work_are_refused(string parameters, string errorId) => AssertFailure(
        _service.Run($"Connect-InboundProvisioning -AccessToken $token {parameters}", ("token", EmulatedService.Secure("opaque"))),
        errorId,
        ErrorCategory.InvalidArgument);

    [Theory]
    [InlineData("-CertificatePath /nowhere/none.pfx", "CertificateFileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-CertificatePath /", "CertificateFileInvalid", ErrorCategory.AuthenticationError)]
    [InlineData("-ClientSecret $clientSecret -TrustedRootCertificatePath /", "TrustedRootInvalid", ErrorCategory.InvalidData)]
    [InlineData("-CertificatePath $emulator.CertificatePath", "CertificatePasswordWrong", ErrorCategory.AuthenticationError)]
    [InlineData("-CertificatePath $emulator.CaCertificatePath", "CertificatePemWithoutKey", ErrorCategory.AuthenticationError)]
    [InlineData("-CertificateThumbprint 0000000000000000000000000000000000000000", "CertificateNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-ClientSecret $clientSecret -TrustedRootCertificatePath /nowhere/none.pem", "TrustedRootNotFound", ErrorCategory.ObjectNotFound)]
    public void Files_and_certificates_that_are_not_there_are_named(string parameters, string errorId, ErrorCategory category) => AssertFailure(
        _service.Run($"$private.Remove('TrustedRootCertificatePath'); Connect-InboundProvisioning -TenantId t -ClientId c {parameters} @private"), errorId, category);

    [Fact]
    public void Two_credentials_do_not_bind() => Assert.StartsWith(
        "AmbiguousParameterSet",
        _service.Run("Connect-InboundProvisioning @secretSignIn -CertificateThumbprint 00").Failure!.FullyQualifiedErrorId,
        StringComparison.Ordinal);

    [Fact]
    public void A_private_endpoint_is_not_trusted_without_its_root() => AssertFailure(
        _service.Run("$secretSignIn.Remove('TrustedRootCertificatePath'); Connect-InboundProvisioning @secretSignIn"),
        "ServerNotTrusted",
        ErrorCategory.ConnectionError);

    [Fact]
    public void Disconnecting_forgets_the_connection_and_may_be_repeated()
    {
        _service.Connect();

        PowerShellResult result = _service.Run(
            "Disconnect-InboundProvisioning; Disconnect-InboundProvisioning; $payload | Send-ScimBulkPayload", ("payload", Payload.Of("a")));

        ErrorRecord error = AssertFailure(result, "NotConnected", ErrorCategory.AuthenticationError);
        Assert.Contains("Connect-InboundProvisioning", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_service.Staged);
    }

    [Fact]
    public void A_connection_belongs_to_its_runspace()
    {
        _service.Connect();
        using var other = new PowerShellSession();

        AssertFailure(
            other.Run("try { $payload | Send-ScimBulkPayload } catch { throw }", ("payload", Payload.Of("a"))), "NotConnected", ErrorCategory.AuthenticationError);
    }

    [Fact]
    public void The_view_of_a_connection_shows_no_secret()
    {
        _service.Run("Connect-InboundProvisioning @secretSignIn @job | Out-Default").ThrowIfFailed();

        string text = _service.Text;
        Assert.Contains(_service.Address.ClientId.ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain(_service.Address.ClientSecret, text, StringComparison.Ordinal);
    }

    private static ErrorRecord AssertFailure(PowerShellResult result, string errorId, ErrorCategory category)
    {
        Assert.NotNull(result.Failure);
        Assert.Equal(errorId, result.Failure.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, result.Failure.CategoryInfo.Category);
        return result.Failure;
    }

    private static string Jwt(DateTimeOffset end)
    {
        string payload = string.Create(CultureInfo.InvariantCulture, $$"""{"exp":{{end.ToUnixTimeSeconds()}},"tid":"the-tenant","appid":"the-app"}""");
        return "eyJhbGciOiJub25lIn0." + Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".c2ln";
    }
}
