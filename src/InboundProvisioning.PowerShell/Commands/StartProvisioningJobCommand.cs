using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Abstractions;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Starts a provisioning job that is paused, or ends its quarantine; it goes on from where it was.</summary>
[Cmdlet(VerbsLifecycle.Start, "ProvisioningJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ProvisioningJob))]
public sealed class StartProvisioningJobCommand : JobActionCmdlet
{
    private protected override string Action => "Start";

    private protected override Task ActAsync(ProvisioningJobClient jobs, ProvisioningJobAddress job, CancellationToken stop) => jobs.StartAsync(job, stop);

    // A job that cannot run goes into quarantine: no wait changes that.
    private protected override bool IsDone(ProvisioningJob job) => job.IsRunning || job.IsQuarantined;
}
