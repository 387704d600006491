using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Abstractions;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Pauses a provisioning job. Its progress stays, and so does what is uploaded.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ProvisioningJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ProvisioningJob))]
public sealed class StopProvisioningJobCommand : JobActionCmdlet
{
    private protected override string Action => "Pause";

    private protected override Task ActAsync(ProvisioningJobClient jobs, ProvisioningJobAddress job, CancellationToken stop) => jobs.PauseAsync(job, stop);

    private protected override bool IsDone(ProvisioningJob job) => job.IsPaused;
}
