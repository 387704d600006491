using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Abstractions;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>
/// Restarts a provisioning job and clears its state, as "Restart provisioning" of the portal does. What was uploaded and is not
/// processed is purged.
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "ProvisioningJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ProvisioningJob))]
public sealed class RestartProvisioningJobCommand : JobActionCmdlet
{
    /// <summary>What is cleared; left out, what the portal clears: QuarantineState, Watermark and Escrows.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public RestartScope[]? Scope { get; set; }

    private protected override string Action => $"Restart, clearing {ProvisioningJobClient.Names(Cleared)}";

    private protected override string? Warning
    {
        get
        {
            string warning = (Cleared & RestartScope.Watermark) != 0
                ? "A restart purges what was uploaded and is not processed yet: send it again afterwards. All users are evaluated again, which can take long."
                : "A restart may purge what was uploaded and is not processed yet: be ready to send it again.";
            warning += (Cleared & RestartScope.ForceDeletes) != 0 ? " Deletions that the accidental-deletion threshold has held back are carried out." : string.Empty;
            return warning + ((Cleared & RestartScope.ConnectorDataStore) != 0
                ? " Microsoft advises against clearing the ConnectorDataStore (a part of Full) unless its support asks for it."
                : string.Empty);
        }
    }

    private RestartScope Cleared => Scope is null ? ProvisioningJobClient.PortalScope : Scope.Aggregate(static (all, one) => all | one);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Cleared == RestartScope.None)
        {
            ThrowFault(new InboundProvisioningException(
                "RestartScopeMissing", FaultKind.InvalidArgument, "-Scope None clears nothing. Use Start-ProvisioningJob, which goes on from where the job was."));
        }
    }

    private protected override Task ActAsync(ProvisioningJobClient jobs, ProvisioningJobAddress job, CancellationToken stop) => jobs.RestartAsync(job, Cleared, stop);

    private protected override bool IsDone(ProvisioningJob job) => job.IsRunning || job.IsQuarantined;
}
