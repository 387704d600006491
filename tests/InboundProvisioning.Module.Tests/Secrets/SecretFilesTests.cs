using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Module.Tests.Hosting;
using InboundProvisioning.Tests.PowerShell;

namespace InboundProvisioning.Module.Tests.Secrets;

/// <summary>
/// A process of its own, whose home, temporary and working folders hold nothing before: whatever the module or MSAL leaves on disk is there.
/// </summary>
public sealed class SecretFilesTests
{
    private const string Script =
        """
        $ErrorActionPreference = 'Stop'
        Import-Module $env:TEST_MODULE
        $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
        function secure($text) { [System.Net.NetworkCredential]::new('', $text).SecurePassword }
        $private = @{ GraphEndpoint = $env:TEST_GRAPH; AuthorityHost = $env:TEST_GRAPH; TrustedRootCertificatePath = $env:TEST_ROOT; Verbose = $true }
        $app = $private + @{ TenantId = $env:TEST_TENANT; ClientId = $env:TEST_CLIENT }
        $job = @{ ServicePrincipalId = $env:TEST_PRINCIPAL; JobId = $env:TEST_JOB }
        $ways = @(
            $app + @{ ClientSecret = secure $env:TEST_SECRET }
            $app + @{ CertificatePath = $env:TEST_PFX; CertificatePassword = secure $env:TEST_PASSWORD }
            $app + @{ FederatedTokenPath = $env:TEST_FEDERATED }
            $app + @{ UseDeviceCode = $true; Scope = 'SynchronizationData-User.Upload', 'Synchronization.ReadWrite.All' }
            $private + @{ Identity = $true }
        )
        foreach ($way in $ways) {
            Connect-InboundProvisioning @way @job -Debug -WarningAction Continue
            Get-InboundProvisioningContext
            $env:TEST_PAYLOAD | Send-ScimBulkPayload -Verbose -Debug -WarningAction Continue
            Export-ProvisioningSchema -Path schema.json -Force -Verbose -Debug -WarningAction Continue
            Disconnect-InboundProvisioning
        }
        Connect-InboundProvisioning @app @job -ClientSecret (secure $env:TEST_SECRET)
        Set-ProvisioningSchemaExtension -Name HireDate -Namespace urn:ietf:params:scim:schemas:extension:contoso:1.0:User -BackupPath backup.json
        try { Connect-InboundProvisioning @app -ClientSecret (secure $env:TEST_WRONG) } catch { "refused: $_"; $_.Exception.ToString() }
        "signed in $($ways.Count) times"
        """;

    [Fact]
    public async Task Nothing_on_disk_and_nothing_printed_holds_a_secret()
    {
        const string Wrong = "wrong-secret-of-the-user";
        await using EmulatedService emulator = await EmulatedService.StartAsync(new EmulatorOptions
        {
            Limits = LimitMode.Off,
            Roles = ServiceCalls.Roles,
            ManagedIdentityRoles = ServiceCalls.Roles,
            ApproveDeviceCodes = true,
            DeviceCodeInterval = TimeSpan.Zero,
        });
        EmulatorAddress address = emulator.Address;
        using var program = new TemporaryDirectory();
        using var home = new TemporaryDirectory();
        string[] folders = [home.Combine("home"), home.Combine("temporary"), home.Combine("work")];
        Array.ForEach(folders, folder => Directory.CreateDirectory(folder));
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = folders[0], ["USERPROFILE"] = folders[0], ["LOCALAPPDATA"] = folders[0], ["APPDATA"] = folders[0],
            ["XDG_CACHE_HOME"] = folders[0], ["XDG_CONFIG_HOME"] = folders[0], ["XDG_DATA_HOME"] = folders[0],
            ["TMPDIR"] = folders[1], ["TEMP"] = folders[1], ["TMP"] = folders[1],
            ["IDENTITY_ENDPOINT"] = address.ManagedIdentityEndpoint, ["IDENTITY_HEADER"] = address.ManagedIdentityHeader,
            ["TEST_MODULE"] = Repository.ModuleManifest,
            ["TEST_GRAPH"] = address.Graph, ["TEST_ROOT"] = address.CaCertificatePath,
            ["TEST_TENANT"] = address.TenantId.ToString(), ["TEST_CLIENT"] = address.ClientId.ToString(),
            ["TEST_PRINCIPAL"] = address.ServicePrincipalId.ToString(), ["TEST_JOB"] = address.JobId,
            ["TEST_SECRET"] = address.ClientSecret, ["TEST_PFX"] = address.CertificatePath, ["TEST_PASSWORD"] = address.CertificatePassword,
            ["TEST_FEDERATED"] = address.FederatedTokenPath, ["TEST_PAYLOAD"] = Payload.Of("a"), ["TEST_WRONG"] = Wrong,
        };

        ProcessResult result = PowerShellProcess.Run(program.Write("run.ps1", Script), environment: environment, workingFolder: folders[2]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("signed in 5 times", result.Output, StringComparison.Ordinal);
        Assert.Contains("AADSTS7000215", result.Output, StringComparison.Ordinal);
        Assert.Equal(["backup.json", "schema.json"], Directory.GetFiles(folders[2]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(5, emulator.Host.StagedUsers.Count);
        string[] secrets =
        [
            .. emulator.Host.ExchangedSecrets, address.ClientSecret, address.CertificatePassword, address.ManagedIdentityHeader,
            await File.ReadAllTextAsync(address.FederatedTokenPath), Wrong,
        ];
        Assert.InRange(secrets.Length, 12, int.MaxValue);
        var seen = new SeenTexts();
        seen.Add("printed", result.Output);
        seen.Add("printed as errors", result.Error);
        seen.AddFiles(home.Path);
        Assert.Empty(seen.PlacesOf(secrets));
    }
}
