using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.SignIn;

/// <summary>Each way to sign in, with Connect-InboundProvisioning and with a cmdlet of its own connection.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class SignInTests : IAsyncLifetime
{
    private const string App = "-TenantId $emulator.TenantId -ClientId $emulator.ClientId";

    private EmulatedService _emulator = null!;
    private EmulatedSession _service = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatedService.StartAsync(new EmulatorOptions
        {
            Limits = LimitMode.Off,
            ApproveDeviceCodes = true,
            DeviceCodeInterval = TimeSpan.Zero,
            ManagedIdentityRoles = ["SynchronizationData-User.Upload"],
        });
        _service = _emulator.OpenSession();
        _service.Run(
            "$env:IDENTITY_ENDPOINT = $emulator.ManagedIdentityEndpoint; $env:IDENTITY_HEADER = $emulator.ManagedIdentityHeader",
            ("credential", new PSCredential(_service.Address.ClientId.ToString(), EmulatedService.Secure(_service.Address.ClientSecret))),
            ("stranger", new PSCredential(Guid.Empty.ToString(), EmulatedService.Secure("never shown")))).ThrowIfFailed();
    }

    public async Task DisposeAsync()
    {
        _service.Run("$env:IDENTITY_ENDPOINT = $null; $env:IDENTITY_HEADER = $null");
        _service.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData(App + " -ClientSecret $clientSecret", "Client secret", "Application")]
    [InlineData("-TenantId $emulator.TenantId -ClientSecretCredential $credential", "Client secret", "Application")]
    [InlineData(App + " -ClientSecretCredential $credential", "Client secret", "Application")]
    [InlineData(App + " -FederatedTokenPath $emulator.FederatedTokenPath", "Federated token", "Application")]
    [InlineData("-Identity", "Managed identity (system-assigned)", "Application")]
    [InlineData("-Identity -ClientId $emulator.UserAssignedClientId", "Managed identity (user-assigned)", "Application")]
    [InlineData(App + " -UseDeviceCode", "Device code", "Delegated")]
    public void Each_way_connects_and_works_on_a_cmdlet_too_without_showing_a_secret(string parameters, string credential, string type)
    {
        PSObject connection = Assert.Single(_service.Run($"Connect-InboundProvisioning {parameters} @private @job -Verbose -Debug -WarningAction Continue").ThrowIfFailed().Output);
        _service.Run("$payload | Send-ScimBulkPayload -Verbose -Debug", ("payload", Payload.Of("a"))).ThrowIfFailed();
        _service.Run($"Disconnect-InboundProvisioning; $payload | Send-ScimBulkPayload {parameters} @private @job", ("payload", Payload.Of("b"))).ThrowIfFailed();

        Assert.Equal((credential, type), (connection.Properties["Credential"].Value, connection.Properties["AuthenticationType"].Value.ToString()));
        Assert.Equal(_service.Address.TenantId.ToString(), connection.Properties["TenantId"].Value);
        Assert.Equal(["a", "b"], _service.Staged);
        string[] secrets = [_service.Address.ClientSecret, System.IO.File.ReadAllText(_service.Address.FederatedTokenPath), _service.Address.ManagedIdentityHeader, "eyJ"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, _service.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Scope_names_the_permissions_that_a_person_gives()
    {
        PSObject connection = Assert.Single(_service.Run($"Connect-InboundProvisioning {App} -UseDeviceCode -Scope SynchronizationData-User.Upload @private @job").ThrowIfFailed().Output);

        Assert.Equal(["SynchronizationData-User.Upload"], (System.Collections.Generic.IEnumerable<string>)connection.Properties["Permissions"].Value);
    }

    [Fact]
    public void A_person_who_signs_in_on_a_cmdlet_is_asked_for_what_it_needs() =>
        _service.Run($"Stop-ProvisioningJob {App} -UseDeviceCode @private @job").ThrowIfFailed();

    [Fact]
    public void The_code_is_shown_as_a_warning()
    {
        PowerShellResult result = _service.Run($"Connect-InboundProvisioning {App} -UseDeviceCode @private").ThrowIfFailed();

        string warning = Assert.Single(result.Warnings);
        Assert.StartsWith($"To sign in, open {_service.Address.Authority}/", warning, StringComparison.Ordinal);
        Assert.Contains("enter the code", warning, StringComparison.Ordinal);
        Assert.Equal("admin@contoso.onmicrosoft.com", Assert.Single(result.Output).Properties["Account"].Value);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_for_the_person()
    {
        await using EmulatedService waiting = await EmulatedService.StartAsync(new EmulatorOptions());
        using EmulatedSession session = waiting.OpenSession();
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RunningScript script = session.Session.Start($"Connect-InboundProvisioning {App} -UseDeviceCode @private");
        script.Streams.Warning.DataAdded += (_, _) => shown.TrySetResult();
        if (script.Streams.Warning.Count == 0)
        {
            await shown.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }

        PowerShellResult result = script.Stop();

        Assert.True(result.Stopped);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("-TenantId t -ClientSecretCredential $stranger -ClientId 6ad8f8b5-9a3b-4b8f-8a4e-3d7e0f1f6f6a", "ClientIdConflict")]
    [InlineData("-TenantId t -ClientId c -FederatedTokenPath /nowhere/token", "FederatedTokenFileNotFound")]
    [InlineData("-Identity -ClientId 6ad8f8b5-9a3b-4b8f-8a4e-3d7e0f1f6f6a", "SignInFailed")]
    [InlineData("-TenantId t -ClientId c -UseDeviceCode", "SignInFailed")]
    [InlineData("-TenantId 'a b' -ClientId c -Interactive", "TenantIdInvalid")]
    public void What_cannot_sign_in_is_an_error_that_leaves_no_connection(string parameters, string errorId)
    {
        PowerShellResult result = _service.Run($"Connect-InboundProvisioning {parameters} @private");

        Assert.Equal(errorId, result.Failure?.FullyQualifiedErrorId.Split(',')[0]);
        Assert.DoesNotContain("never shown", result.Failure!.Exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(_service.Run("Get-InboundProvisioningContext").ThrowIfFailed().Output);
    }

    [Theory]
    [InlineData("-Identity -UseDeviceCode -ClientId c")]
    [InlineData("-UseDeviceCode -Interactive -ClientId c")]
    [InlineData("-Identity -AccessToken $clientSecret")]
    [InlineData("-Identity -TenantId t")]
    [InlineData("t c -ClientSecret $clientSecret -FederatedTokenPath x")]
    [InlineData("-TenantId t -ClientSecretCredential $credential -ClientSecret $clientSecret")]
    [InlineData("t c -ClientSecret $clientSecret -Scope x")]
    public void Ways_that_do_not_go_together_do_not_bind(string parameters) => Assert.StartsWith(
        "AmbiguousParameterSet", _service.Run($"Connect-InboundProvisioning {parameters}").Failure?.FullyQualifiedErrorId, StringComparison.Ordinal);

    [Theory]
    [InlineData("-Identity -AccessToken $clientSecret", "CredentialConflict")]
    [InlineData("-Identity -TenantId t", "CredentialConflict")]
    [InlineData("-TenantId t -ClientId c -ClientSecret $clientSecret -CertificatePassword $clientSecret", "CredentialConflict")]
    [InlineData("-ClientId c -ClientSecret $clientSecret", "TenantIdMissing")]
    [InlineData("-TenantId t -ClientSecret $clientSecret", "ClientIdMissing")]
    [InlineData("-UseDeviceCode", "ClientIdMissing")]
    [InlineData("-Interactive -TenantId t", "ClientIdMissing")]
    [InlineData("-Proxy http://localhost:1", "CredentialMissing")]
    [InlineData("-Identity:$false -TenantId t", "CredentialMissing")]
    public void On_other_cmdlets_they_are_refused_with_what_to_do(string parameters, string errorId) => Assert.Equal(
        errorId,
        _service.Run($"$payload | Send-ScimBulkPayload @job {parameters}", ("payload", Payload.Of("a"))).Failure?.FullyQualifiedErrorId.Split(',')[0]);

    [Fact]
    public void The_parameters_of_Connect_are_those_of_each_service_cmdlet()
    {
        const string Own = "(Get-Command {0}).Parameters.Keys.Where({{ [System.Management.Automation.Cmdlet]::CommonParameters -notcontains $_ }})";
        string[] connect = [.. _service.Run(string.Format(null, Own, "Connect-InboundProvisioning")).Text.Order(StringComparer.Ordinal)];
        string[] send = [.. _service.Run(string.Format(null, Own, "Send-ScimBulkPayload")).Text];

        Assert.Equal(["Scope"], connect.Except(send));
    }
}
