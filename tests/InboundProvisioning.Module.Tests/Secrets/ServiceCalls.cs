using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Secrets;

/// <summary>A call of each cmdlet that calls the service, to run in turn: each finds what the one before has left.</summary>
internal static class ServiceCalls
{
    /// <summary>Reads the schema where it may, and does without where it may not.</summary>
    public const string Plan = "Get-ProvisioningPlan";

    /// <summary>Reads the schema and the domains where it may, and does without where it may not.</summary>
    public const string Check = "Test-ScimBulkPayload";

    /// <summary>What the calls need to be there: somebody whose outcome is not known yet.</summary>
    public const string Preparation = $"{Person} | Sync-InboundProvisioning -StatePath outcome.db -Initial";

    private const string Person = "[pscustomobject] @{ externalId = 'a'; userName = 'a@contoso.com'; active = $true }";

    private static readonly Dictionary<string, string> All = new(StringComparer.Ordinal)
    {
        ["Get-ProvisioningJob"] = "Get-ProvisioningJob",
        ["Send-ScimBulkPayload"] = "$payload | Send-ScimBulkPayload -RestartJob",
        [Check] = $"$payload | {Check}",
        ["Start-ProvisioningJob"] = "Start-ProvisioningJob -PassThru",
        ["Stop-ProvisioningJob"] = "Stop-ProvisioningJob -PassThru",
        ["Restart-ProvisioningJob"] = "Restart-ProvisioningJob -Confirm:$false -PassThru",
        ["Export-ProvisioningSchema"] = "Export-ProvisioningSchema -Path schema.json -Force",
        ["Set-ProvisioningSchemaExtension"] = "Set-ProvisioningSchemaExtension -Name HireDate -Namespace urn:ietf:params:scim:schemas:extension:contoso:1.0:User",
        ["Import-ProvisioningSchema"] = "Import-ProvisioningSchema -Path $schema -Confirm:$false",
        ["Grant-ProvisioningPermission"] = "Grant-ProvisioningPermission $emulator.SystemAssignedPrincipalId Upload",
        ["New-ProvisioningApplication"] = "New-ProvisioningApplication 'HR' hr-it@contoso.example",
        ["Get-ProvisioningLog"] = "Get-ProvisioningLog",
        ["Sync-InboundProvisioning"] = $"{Person} | Sync-InboundProvisioning -StatePath \"$([guid]::NewGuid()).db\" -Initial",
        ["Update-ProvisioningOutcome"] = "Update-ProvisioningOutcome outcome.db",
        [Plan] = $"{Person} | {Plan} -StatePath none.db",
    };

    /// <summary>All permissions that they need.</summary>
    public static IReadOnlyList<string> Roles { get; } =
    [
        "SynchronizationData-User.Upload", "ProvisioningLog.Read.All", "Application.ReadWrite.All", "Synchronization.ReadWrite.All", "AppRoleAssignment.ReadWrite.All",
        "Domain.Read.All",
    ];

    /// <summary>The cmdlets of the module that call the service: those that take a credential, Connect-InboundProvisioning aside.</summary>
    public static IReadOnlyList<string> Cmdlets(PowerShellSession session) =>
    [
        .. session.Run("Get-Command -Module InboundProvisioning -CommandType Cmdlet").ThrowIfFailed().OutputOf<CmdletInfo>()
            .Where(cmdlet => cmdlet.Parameters.ContainsKey("AccessToken") && cmdlet.Name != "Connect-InboundProvisioning")
            .Select(cmdlet => cmdlet.Name),
    ];

    /// <summary>The scripts, of all cmdlets that the module has; a cmdlet without a script here fails the test.</summary>
    public static IReadOnlyList<string> Of(PowerShellSession session)
    {
        IReadOnlyList<string> cmdlets = Cmdlets(session);
        Assert.Empty(cmdlets.Except(All.Keys));
        Assert.Contains("Send-ScimBulkPayload", cmdlets);
        return [.. All.Where(call => cmdlets.Contains(call.Key)).Select(call => call.Value)];
    }
}
