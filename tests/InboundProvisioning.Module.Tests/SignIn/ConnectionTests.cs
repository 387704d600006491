using System;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.SignIn;

/// <summary>Several connections of one session, and the app by its name.</summary>
public sealed class ConnectionTests(EmulatedService emulator) : IClassFixture<EmulatedService>, IDisposable
{
    private readonly EmulatedSession _service = emulator.OpenSession();

    public void Dispose() => _service.Dispose();

    [Fact]
    public void The_last_one_made_is_the_default_and_each_can_be_named()
    {
        _service.Run("$first = Connect-InboundProvisioning @secretSignIn @job; $second = Connect-InboundProvisioning -AccessToken $opaque",
            ("opaque", EmulatedService.Secure("opaque"))).ThrowIfFailed();

        _service.Run("$payload | Send-ScimBulkPayload -Connection $first", ("payload", Payload.Of("a"))).ThrowIfFailed();

        Assert.Equal(["a"], _service.Staged);
        Assert.Equal([false, true], Values("$first, $second", "IsDefault"));
        Assert.Equal(["Access token", "Client secret"], Values("Get-InboundProvisioningContext -All", "Credential"));
        Assert.Equal(["Access token"], Values("Get-InboundProvisioningContext", "Credential"));
        Assert.Equal(["Client secret"], Values("$first | Get-InboundProvisioningContext -For Upload", "Credential"));
    }

    [Fact]
    public void One_of_several_can_be_closed_and_is_refused_from_then_on()
    {
        _service.Run("$first = Connect-InboundProvisioning @secretSignIn @job; $second = Connect-InboundProvisioning @secretSignIn").ThrowIfFailed();

        _service.Run("Disconnect-InboundProvisioning -Connection $second").ThrowIfFailed();

        Assert.Equal([true], Values("Get-InboundProvisioningContext -All", "IsDefault"));
        _service.Run("$payload | Send-ScimBulkPayload", ("payload", Payload.Of("a"))).ThrowIfFailed();
        Assert.Equal(["a"], _service.Staged);
        Assert.Equal("ConnectionClosed", Refusal("$payload | Send-ScimBulkPayload @job -Connection $second"));
        _service.Run("Connect-InboundProvisioning @secretSignIn; Disconnect-InboundProvisioning").ThrowIfFailed();
        Assert.Empty(_service.Run("Get-InboundProvisioningContext -All").Output);
        Assert.Equal("ConnectionClosed", Refusal("$payload | Send-ScimBulkPayload -Connection $first"));
    }

    [Fact]
    public void A_connection_and_a_credential_do_not_go_together()
    {
        _service.Run("$first = Connect-InboundProvisioning @secretSignIn @job").ThrowIfFailed();

        Assert.Equal("CredentialConflict", Refusal("$payload | Send-ScimBulkPayload -Connection $first -Identity"));
    }

    [Theory]
    [InlineData("Connect-InboundProvisioning @secretSignIn -ApplicationName $name; $payload | Send-ScimBulkPayload")]
    [InlineData("Connect-InboundProvisioning @secretSignIn; $payload | Send-ScimBulkPayload -ApplicationName $name")]
    [InlineData("$payload | Send-ScimBulkPayload @secretSignIn -ApplicationName $name -JobId $emulator.JobId")]
    public void The_app_is_found_by_its_name(string script)
    {
        _service.Run(script, ("name", "API-driven provisioning to Microsoft Entra ID"), ("payload", Payload.Of("a"))).ThrowIfFailed();

        Assert.Equal(["a"], _service.Staged);
    }

    [Fact]
    public void An_app_that_is_not_there_is_named()
    {
        PowerShellResult result = _service.Run(
            "$payload | Send-ScimBulkPayload @secretSignIn -ApplicationName \"Nobody's\"", ("payload", Payload.Of("a")));

        Assert.Equal("ServicePrincipalNotFound", result.Failure?.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("'Nobody's'", result.Failure!.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ApplicationName a -ServicePrincipalId 6ad8f8b5-9a3b-4b8f-8a4e-3d7e0f1f6f6a")]
    [InlineData("-ApplicationName a -ProvisioningEndpoint https://graph.microsoft.com/beta/servicePrincipals/x/synchronization/jobs/y/bulkUpload")]
    public void An_app_is_named_once(string parameters) => Assert.Equal(
        "TargetConflict", _service.Run($"Connect-InboundProvisioning -AccessToken $clientSecret {parameters}").Failure?.FullyQualifiedErrorId.Split(',')[0]);

    private string? Refusal(string script) =>
        _service.Run(script, ("payload", Payload.Of("a"))).Failure?.FullyQualifiedErrorId.Split(',')[0];

    private object[] Values(string script, string property) =>
        [.. _service.Run(script).ThrowIfFailed().Output.Select(item => item.Properties[property].Value)];
}
