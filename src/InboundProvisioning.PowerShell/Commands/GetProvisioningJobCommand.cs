using System;
using System.Collections.Generic;
using System.Management.Automation;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Abstractions;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Shows provisioning jobs: state, schedule, last cycle, quarantine, counts, and the endpoint for uploads.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningJob")]
[OutputType(typeof(ProvisioningJob))]
public sealed class GetProvisioningJobCommand : JobCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => RunWithGraph(async (run, stop) =>
    {
        ProvisioningTarget target = Target(run.Target);
        var jobs = new ProvisioningJobClient(run.Graph, run.Notices, TimeProvider.System);
        if (target.JobId is not null)
        {
            ProvisioningJobAddress address = await target.LocateAsync(run.Graph, run.Notices, stop).ConfigureAwait(false);
            run.WriteObject(await jobs.GetAsync(address, stop).ConfigureAwait(false));
            return;
        }

        string servicePrincipalId = target.ApplicationName is null
            ? target.ServicePrincipalId!
            : (await new ServicePrincipalLocator(run.Graph, run.Notices).FindByNameAsync(target.ApplicationName, stop).ConfigureAwait(false)).Id;
        IReadOnlyList<ProvisioningJob> found = await jobs.ListAsync(servicePrincipalId, stop).ConfigureAwait(false);
        foreach (ProvisioningJob job in found)
        {
            run.WriteObject(job);
        }

        if (found.Count == 0)
        {
            run.WriteFault(ProvisioningJobLocator.NoJob(servicePrincipalId));
        }
    });
}
