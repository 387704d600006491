using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Applications;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;
using InboundProvisioning.PowerShell.Abstractions;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Gives an app or a managed identity the application permissions of Microsoft Graph that the cmdlets need, which the portal cannot do
/// for managed identities. What is there already stays as it is.
/// </summary>
[Cmdlet(VerbsSecurity.Grant, "ProvisioningPermission", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PermissionGrant))]
public sealed class GrantProvisioningPermissionCommand : ServiceCmdlet
{
    private bool _hasGranted;

    /// <summary>The object id of the app's service principal or of the managed identity; an app id will do.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "PrincipalId")]
    [ValidateNotNullOrEmpty]
    public string? ServicePrincipalId { get; set; }

    /// <summary>The app id (client id) of the app or of the managed identity.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? AppId { get; set; }

    /// <summary>The display name of the app or of the managed identity; several of the name are an error that lists them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DisplayName")]
    [ValidateNotNullOrEmpty]
    public string? ApplicationName { get; set; }

    /// <summary>What the app or managed identity is to do.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public ProvisioningTask[]? For { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // An object of the pipeline has all three, of one and the same app; what the user names must be one.
        if (new[] { nameof(ServicePrincipalId), nameof(AppId), nameof(ApplicationName) }.Count(IsGiven) > 1)
        {
            ThrowFault(new InboundProvisioningException(
                "TargetConflict", FaultKind.InvalidArgument, "Name the app or managed identity once: with -ServicePrincipalId, -AppId or -ApplicationName."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string? id = ServicePrincipalId ?? AppId;
        if (id is null && ApplicationName is null)
        {
            ThrowFault(new InboundProvisioningException(
                "TargetMissing",
                FaultKind.InvalidArgument,
                "Which app or managed identity? Give -ServicePrincipalId, -AppId or -ApplicationName, or objects with the property Id, AppId or DisplayName."));
        }

        IReadOnlyList<string> permissions = GraphPermissions.For(For!);
        RunWithGraph(async (run, stop) =>
        {
            var locator = new ServicePrincipalLocator(run.Graph, run.Notices);
            ServicePrincipal principal;
            try
            {
                principal = id is not null
                    ? await locator.FindAsync(id, stop).ConfigureAwait(false)
                    : await locator.FindByNameAsync(ApplicationName!, stop).ConfigureAwait(false);
            }
            catch (InboundProvisioningException fault) when (fault.ErrorId is "ServicePrincipalNotFound" or "SeveralApplications")
            {
                run.WriteFault(fault);
                return;
            }

            await new PermissionGranter(run.Graph, run.Notices).GrantAsync(
                principal,
                permissions,
                permission => run.ShouldProcessAsync(principal.ToString(), $"Grant the application permission {permission} of Microsoft Graph"),
                grant =>
                {
                    _hasGranted |= grant.Status == PermissionStatus.Granted;
                    run.WriteObject(grant);
                },
                fault => run.WriteFault(fault),
                stop).ConfigureAwait(false);
        });
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_hasGranted)
        {
            // https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations#limitation-of-using-managed-identities-for-authorization
            WriteWarning(
                "Only tokens that are issued from now on carry what was granted: connect again. Those of a managed identity are kept by its Azure resource for up to 24 hours.");
        }
    }
}
