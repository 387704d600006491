using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.SignIn;

[Collection(EnvironmentCollection.Name)]
public sealed class GrantTests : IAsyncLifetime
{
    private EmulatedService _emulator = null!;
    private EmulatedSession _service = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatedService.StartAsync(
            new EmulatorOptions { Roles = ["AppRoleAssignment.ReadWrite.All", "Application.Read.All"], ManagedIdentityRoles = ["ProvisioningLog.Read.All"] });
        _service = _emulator.OpenSession().Connect();
    }

    public async Task DisposeAsync()
    {
        _service.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public void A_managed_identity_gets_what_it_lacks_once()
    {
        PowerShellResult first = _service.Run("Grant-ProvisioningPermission $emulator.SystemAssignedPrincipalId Upload, Log").ThrowIfFailed();
        PowerShellResult second = _service.Run("Grant-ProvisioningPermission $emulator.SystemAssignedPrincipalId Upload, Log").ThrowIfFailed();

        Assert.Equal(
            [("SynchronizationData-User.Upload", "Granted"), ("ProvisioningLog.Read.All", "AlreadyGranted")], Statuses(first));
        Assert.Contains("24 hours", Assert.Single(first.Warnings), StringComparison.Ordinal);
        Assert.All(Statuses(second), grant => Assert.Equal("AlreadyGranted", grant.Status));
        Assert.Empty(second.Warnings);
    }

    [Fact]
    public void What_was_granted_is_in_the_next_token()
    {
        _service.Run("Grant-ProvisioningPermission $emulator.UserAssignedPrincipalId Upload").ThrowIfFailed();
        try
        {
            _service.Run(
                """
                $env:IDENTITY_ENDPOINT = $emulator.ManagedIdentityEndpoint; $env:IDENTITY_HEADER = $emulator.ManagedIdentityHeader
                $payload | Send-ScimBulkPayload -Identity -ClientId $emulator.UserAssignedClientId @private @job
                """,
                ("payload", Payload.Of("a"))).ThrowIfFailed();
        }
        finally
        {
            _service.Run("$env:IDENTITY_ENDPOINT = $null; $env:IDENTITY_HEADER = $null");
        }

        Assert.Equal(["a"], _service.Staged);
    }

    [Theory]
    [InlineData("Grant-ProvisioningPermission -AppId $emulator.UserAssignedClientId -For Job -WhatIf")]
    [InlineData("Grant-ProvisioningPermission -ServicePrincipalId $emulator.UserAssignedClientId -For Job -WhatIf")]
    [InlineData("[pscustomobject]@{ AppId = $emulator.UserAssignedClientId } | Grant-ProvisioningPermission -For Job -WhatIf")]
    [InlineData("[pscustomobject]@{ Id = $emulator.UserAssignedPrincipalId; AppId = 'x'; DisplayName = 'y' } | Grant-ProvisioningPermission -For Job -WhatIf")]
    public void WhatIf_grants_nothing_and_says_what_is_missing(string script)
    {
        PowerShellResult result = _service.Run(script).ThrowIfFailed();

        Assert.Equal([("Synchronization.ReadWrite.All", "WhatIf"), ("Application.Read.All", "WhatIf")], Statuses(result));
        Assert.Contains("Grant the application permission Synchronization.ReadWrite.All", _service.Text, StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
        Assert.Equal([("Synchronization.ReadWrite.All", "WhatIf"), ("Application.Read.All", "WhatIf")], Statuses(_service.Run(script)));
    }

    [Fact]
    public void A_name_that_nobody_has_is_an_error_and_the_others_go_on()
    {
        PowerShellResult result = _service.Run("[pscustomobject]@{ DisplayName = 'None' }, [pscustomobject]@{ DisplayName = 'API client' } | Grant-ProvisioningPermission -For Log");

        Assert.Equal("ServicePrincipalNotFound", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal([("ProvisioningLog.Read.All", "Granted")], Statuses(result));
        Assert.Equal("API client", Assert.Single(result.Output).Properties["Principal"].Value);
    }

    [Fact]
    public async Task Without_the_right_to_grant_the_error_names_it()
    {
        await using EmulatedService weak = await EmulatedService.StartAsync(new EmulatorOptions { Roles = ["Application.Read.All"] });
        using EmulatedSession session = weak.OpenSession().Connect();

        ErrorRecord? failure = session.Run("Grant-ProvisioningPermission $emulator.SystemAssignedPrincipalId Upload").Failure;

        Assert.Equal("PermissionMissing", failure?.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("AppRoleAssignment.ReadWrite.All", failure!.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-For Upload", "TargetMissing")]
    [InlineData("-For Upload -AppId a -ApplicationName b", "TargetConflict")]
    public void The_app_is_named_once(string parameters, string errorId) =>
        Assert.Equal(errorId, _service.Run($"Grant-ProvisioningPermission {parameters}").Failure?.FullyQualifiedErrorId.Split(',')[0]);

    private static (string Permission, string? Status)[] Statuses(PowerShellResult result) =>
        [.. result.Output.Select(grant => ((string)grant.Properties["Permission"].Value, grant.Properties["Status"].Value.ToString()))];
}
