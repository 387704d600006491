using System;
using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using InboundProvisioning.Checks;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Sync;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Says what Sync-InboundProvisioning would do, and what would stop it. Nothing is sent and nothing is kept.</summary>
[Cmdlet(VerbsCommon.Get, "ProvisioningPlan", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ProvisioningPlan))]
public sealed class GetProvisioningPlanCommand : SyncCmdlet
{
    /// <summary>A file that takes the plan with the complete records, to be carried out with Sync-InboundProvisioning -Plan.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <summary>Leaves the changes of each person out of the result.</summary>
    [Parameter]
    public SwitchParameter SummaryOnly { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Guard(() =>
    {
        Prepare();
        ReadMapping();
        SyncSettings settings = Settings();
        Session = Await(Pipeline!, () => Task.Run(() => SyncSession.OpenForPlan(settings, Observer!, Cancellation)));
    });

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(TakeInput);

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        SourceFacts facts = EndInput();
        (ServiceConnection? connection, ProvisioningTarget target) = TryConnect();
        CheckOptions? checks = ReadChecks(connection, target);
        ProvisioningPlan plan = Await(Pipeline!, () => Task.Run(() => Session!.Review(facts, checks)));
        plan = WithNullFlow(plan);
        if (PlanPath is not null)
        {
            string path = FilePaths.ResolveLiteral(this, PlanPath);
            Session!.WritePlan(path, plan);
        }

        if (!SummaryOnly)
        {
            plan = plan with { Changes = Session!.Changes() };
            if (plan.Records + plan.Held + plan.Waiting > ProvisioningPlan.MostChanges)
            {
                WriteWarning(FormattableString.Invariant($"Changes holds the first {ProvisioningPlan.MostChanges:N0} of {plan.Records + plan.Held + plan.Waiting:N0} changes; -PlanPath keeps all."));
            }
        }

        Progress!.Complete();
        WriteObject(plan);
    });

    private (ServiceConnection? Connection, ProvisioningTarget Target) TryConnect()
    {
        try
        {
            (ServiceConnection connection, ProvisioningTarget named) = Connect();
            return (connection, Target(named));
        }
        catch (InboundProvisioningException fault) when (fault.ErrorId is "NotConnected" or "TargetMissing")
        {
            return (null, ProvisioningTarget.None);
        }
    }

    // Read where there is a connection and the permission: a plan needs neither.
    private ProvisioningPlan WithNullFlow(ProvisioningPlan plan)
    {
        try
        {
            (ServiceConnection connection, ProvisioningTarget named) = Connect();
            ProvisioningTarget target = Target(named);
            return Await(Pipeline!, () => Task.Run(async () =>
            {
                using GraphClient graph = connection.CreateGraphClient(new RetrySettings { Retries = 1 }, TimeProvider.System);
                try
                {
                    ProvisioningJobAddress job = await target.LocateAsync(graph, Observer, Cancellation).ConfigureAwait(false);
                    Session!.RequireIdentity(new StateIdentity(job.JobId, job.ServicePrincipalId, connection.Endpoints.Graph.Host));
                    return await NullFlow.ReadAsync(plan, graph, job, Observer, Cancellation).ConfigureAwait(false);
                }
                catch (InboundProvisioningException fault) when (fault.ErrorId != "StateOfAnotherJob")
                {
                    Observer!.OnDetail("Which attributes would be cleared in the directory was not looked up: " + fault.Message);
                    return plan;
                }
            }));
        }
        catch (InboundProvisioningException fault) when (fault.ErrorId is "NotConnected" or "TargetMissing")
        {
            WriteVerbose("Which attributes would be cleared in the directory was not looked up: there is no connection.");
            return plan;
        }
    }
}
