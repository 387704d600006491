using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.SignIn;

public sealed class ContextTests(EmulatedService emulator) : IClassFixture<EmulatedService>, IDisposable
{
    private readonly EmulatedSession _service = emulator.OpenSession();

    public void Dispose() => _service.Dispose();

    [Fact]
    public void Without_a_connection_there_is_nothing_to_say()
    {
        PowerShellResult result = _service.Run("Get-InboundProvisioningContext -Verbose; Get-InboundProvisioningContext -All").ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Contains(result.Verbose, line => line.Contains("Connect-InboundProvisioning", StringComparison.Ordinal));
    }

    [Fact]
    public void The_roles_of_the_token_are_told_and_what_is_missing_is_one_warning()
    {
        _service.Connect();

        PowerShellResult result = _service.Run("Get-InboundProvisioningContext").ThrowIfFailed();

        PSObject context = Assert.Single(result.Output);
        Assert.Equal(
            ["Application.Read.All", "Synchronization.Read.All", "SynchronizationData-User.Upload"],
            ((IReadOnlyList<string>)context.Properties["Permissions"].Value).Order(StringComparer.Ordinal));
        Assert.InRange((DateTimeOffset)context.Properties["ExpiresOn"].Value, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(2));
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("ProvisioningLog.Read.All (Get-ProvisioningLog)", warning, StringComparison.Ordinal);
        Assert.Contains("Synchronization.ReadWrite.All (Start-ProvisioningJob,", warning, StringComparison.Ordinal);
        Assert.Contains("Grant-ProvisioningPermission", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("SynchronizationData-User.Upload", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_tasks_that_are_asked_about_are_looked_at()
    {
        _service.Connect();

        Assert.Empty(_service.Run("Get-InboundProvisioningContext -For Upload").ThrowIfFailed().Warnings);
        Assert.Contains("Application.ReadWrite.All", Assert.Single(_service.Run("Get-InboundProvisioningContext -For Create").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_is_no_JWT_gives_Unknown_and_no_warning()
    {
        _service.Run("Connect-InboundProvisioning -AccessToken $opaque", ("opaque", EmulatedService.Secure("opaque"))).ThrowIfFailed();

        PowerShellResult result = _service.Run("Get-InboundProvisioningContext").ThrowIfFailed();

        PSObject context = Assert.Single(result.Output);
        Assert.Equal(["Unknown"], (IReadOnlyList<string>)context.Properties["Permissions"].Value);
        Assert.Equal(("Unknown", null), (context.Properties["AuthenticationType"].Value.ToString(), context.Properties["ExpiresOn"].Value));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task A_person_is_told_of_the_scopes_to_ask_for()
    {
        await using EmulatedService approving = await EmulatedService.StartAsync(
            new EmulatorOptions { ApproveDeviceCodes = true, DeviceCodeInterval = TimeSpan.Zero });
        using EmulatedSession session = approving.OpenSession();
        session.Run("Connect-InboundProvisioning @private -TenantId $emulator.TenantId -ClientId $emulator.ClientId -UseDeviceCode").ThrowIfFailed();

        PowerShellResult result = session.Run("Get-InboundProvisioningContext").ThrowIfFailed();

        Assert.Equal("admin@contoso.onmicrosoft.com", Assert.Single(result.Output).Properties["Account"].Value);
        Assert.Contains("Connect again with -Scope", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_view_shows_who_and_what_and_no_secret()
    {
        _service.Run("Connect-InboundProvisioning @secretSignIn @job | Out-Default").ThrowIfFailed();

        string text = Regex.Replace(_service.Text, @"\s|\e\[[0-9;]*m", string.Empty);
        Assert.Contains("Permissions:", text, StringComparison.Ordinal);
        Assert.Contains("SynchronizationData-User.Upload", text, StringComparison.Ordinal);
        Assert.Contains("IsDefault:True", text, StringComparison.Ordinal);
        Assert.DoesNotContain(_service.Address.ClientSecret, _service.Text, StringComparison.Ordinal);
    }
}
