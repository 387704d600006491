using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using InboundProvisioning.Azurite;
using InboundProvisioning.Emulator;
using InboundProvisioning.Module.Tests.Hosting;
using InboundProvisioning.Tests.PowerShell;

namespace InboundProvisioning.Module.Tests.Blobs;

/// <summary>The cmdlets with a state in a blob, in a PowerShell process, against both emulators.</summary>
public sealed class BlobStateTests : IAsyncLifetime, IDisposable
{
    private const string Container = "provisioning";

    private readonly TemporaryDirectory _folder = new();
    private EmulatorHost? _emulator;
    private AzuriteServer? _azurite;

    public async Task InitializeAsync()
    {
        if (AzuriteServer.IsInstalled)
        {
            _emulator = await EmulatorHost.StartAsync(new EmulatorOptions
            {
                Limits = LimitMode.Off,
                Roles = ["SynchronizationData-User.Upload", "Application.Read.All", "Synchronization.Read.All", "ProvisioningLog.Read.All"],
            });
            _azurite = await AzuriteServer.StartAsync(_emulator.Address.CaCertificatePath, _emulator.WriteServerCertificate);
            await _azurite.CreateContainerAsync(Container);
        }
    }

    public async Task DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
            await _emulator!.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    [AzuriteFact]
    public void A_night_keeps_its_state_in_a_blob_and_only_then_the_storage_client_is_loaded()
    {
        string[] lines = Run(
            $$"""
            "before: $((Get-Azure).Count)"
            $first = $people | Sync-InboundProvisioning -AttributeMapping $mapping -StatePath '{{_azurite!.Url(Container, "pwsh.db")}}' -Initial
            "first: $($first.Status) $($first.Accepted)"
            $people[0].Title = 'Head'
            $second = $people | Sync-InboundProvisioning -AttributeMapping $mapping -StatePath '{{_azurite.Url(Container, "pwsh.db")}}'
            "second: $($second.Status) $($second.Accepted)"
            "limits: $((Get-ProvisioningSafeguard -StatePath '{{_azurite.Url(Container, "pwsh.db")}}').Count)"
            "people: $(('P1', 'P2' | Get-ProvisioningState -StatePath '{{_azurite.Url(Container, "pwsh.db")}}').Count)"
            "runs: $((Get-ProvisioningRun -StatePath '{{_azurite.Url(Container, "pwsh.db")}}').Count)"
            "plan: $(($people | Get-ProvisioningPlan -AttributeMapping $mapping -StatePath '{{_azurite.Url(Container, "pwsh.db")}}').Unchanged)"
            Remove-ProvisioningState -StatePath '{{_azurite.Url(Container, "pwsh.db")}}' -ExternalId P3 -Confirm:$false
            "left: $((Get-ProvisioningState -StatePath '{{_azurite.Url(Container, "pwsh.db")}}').Count)"
            Get-Azure | Sort-Object
            """);

        Assert.Equal(
            [
                "before: 0",
                "first: Completed 30",
                "second: Completed 1",
                "limits: 8",
                "people: 2",
                "runs: 2",
                "plan: 30",
                "left: 29",
                "InboundProvisioning Azure.Core shared",
                "InboundProvisioning Azure.Storage.Blobs shared",
                "InboundProvisioning Azure.Storage.Common shared",
            ],
            lines);
    }

    [AzuriteFact]
    public void A_signature_serves_and_shows_nowhere()
    {
        string url = _azurite!.SignedUrl(Container, "signed.db");
        string signature = url[(url.IndexOf("sig=", StringComparison.Ordinal) + 4)..];

        string[] lines = Run(
            """
            Start-Transcript -Path $env:TEST_TRANSCRIPT | Out-Null
            $url = $env:TEST_URL
            $result = $people | Sync-InboundProvisioning -AttributeMapping $mapping -StatePath $url -Initial -Verbose -Debug 4>&1 5>&1
            $result | Format-List * | Out-String
            Get-ProvisioningSafeguard -StatePath $url -Verbose 4>&1 | Out-String
            $people | Get-ProvisioningPlan -AttributeMapping $mapping -StatePath $url -Verbose 4>&1 | Format-List * | Out-String
            Set-ProvisioningSafeguard -StatePath $url -DisableLimit 3% -WhatIf *>&1 | Out-String
            Get-ProvisioningState -StatePath $url -ExternalId nobody -ErrorAction SilentlyContinue
            foreach ($bad in $url.Replace('sig=', 'sig=AAAA'), $url.Replace('https://127.0.0.1', 'https://example.com'), $url.Replace('https:', 'http:'), ($url + '#x'))
            {
                $people | Sync-InboundProvisioning -AttributeMapping $mapping -StatePath $bad -Initial -ErrorAction SilentlyContinue -Verbose 4>&1 | Format-List * | Out-String
                foreach ($cmdlet in 'Get-ProvisioningSafeguard', 'Get-ProvisioningState', 'Get-ProvisioningRun')
                {
                    try { & $cmdlet -StatePath $bad } catch { }
                }

                try { Repair-ProvisioningState -StatePath $bad -Confirm:$false } catch { }
            }

            foreach ($fault in $Error)
            {
                $fault | Format-List * -Force | Out-String
                $fault.Exception | Format-List * -Force | Out-String
                Get-Error -InputObject $fault | Out-String
                $fault.InvocationInfo.BoundParameters.Values | Out-String
                "error: $($fault.FullyQualifiedErrorId)"
            }

            Stop-Transcript | Out-Null
            """,
            url);

        Assert.Contains(lines, line => line.StartsWith("error: StateAccessDenied,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("error: StateUrlInvalid,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("error: RecordNotFound,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Completed", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(signature, StringComparison.Ordinal));
        Assert.DoesNotContain(signature, File.ReadAllText(_folder.Combine("transcript.txt")), StringComparison.Ordinal);
    }

    private string[] Run(string script, string? url = null)
    {
        EmulatorAddress address = _emulator!.Address;
        string path = _folder.Write(
            "script.ps1",
            $$"""
            $ErrorActionPreference = 'Stop'
            $WarningPreference = 'SilentlyContinue'
            Import-Module '{{Repository.ModuleManifest}}'
            function Get-Azure {
                foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
                    foreach ($assembly in $context.Assemblies) {
                        if ($assembly.GetName().Name -like 'Azure.*') {
                            "$($context.Name) $($assembly.GetName().Name) $([System.IO.Path]::GetFileName([System.IO.Path]::GetDirectoryName($assembly.Location)))"
                        }
                    }
                }
            }
            $secret = ConvertTo-SecureString -AsPlainText -Force $env:TEST_SECRET
            Connect-InboundProvisioning -TenantId {{address.TenantId}} -ClientId {{address.ClientId}} -ClientSecret $secret -GraphEndpoint {{address.Graph}} -AuthorityHost {{address.Authority}} -TrustedRootCertificatePath '{{address.CaCertificatePath}}' -ServicePrincipalId {{address.ServicePrincipalId}} -JobId {{address.JobId}} | Out-Null
            $people = foreach ($number in 1..30) { [pscustomobject]@{ Id = "P$number"; Mail = "p$number@contoso.com"; Title = 'Engineer' } }
            $mapping = @{ externalId = 'Id'; userName = 'Mail'; title = 'Title'; active = { $true } }
            {{script}}
            """);
        ProcessResult result = PowerShellProcess.Run(path, environment: new Dictionary<string, string>
        {
            ["TEST_SECRET"] = address.ClientSecret,
            ["TEST_URL"] = url ?? string.Empty,
            ["TEST_TRANSCRIPT"] = _folder.Combine("transcript.txt"),
        });
        Assert.True(result.Error.Length == 0 && result.ExitCode == 0, result.Error + string.Join('\n', result.Lines));
        return result.Lines;
    }
}
