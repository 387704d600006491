using System;
using System.Management.Automation;
using InboundProvisioning.Logs;
using InboundProvisioning.Outcomes;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Connections;
using InboundProvisioning.State;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Brings into a state what the provisioning logs tell of its people.</summary>
[Cmdlet(VerbsData.Update, "ProvisioningOutcome")]
[OutputType(typeof(OutcomeSummary))]
public sealed class UpdateProvisioningOutcomeCommand : JobCmdlet
{
    private const int ActivityId = 0x5C3;

    /// <summary>The state of Sync-InboundProvisioning.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string StatePath { get; set; } = string.Empty;

    /// <summary>How long to wait for those who have no outcome yet.</summary>
    [Parameter]
    public TimeSpan WaitOutcome { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        StateLocation? state = null;
        try
        {
            state = StatePaths.Resolve(this, StatePath, () => Connect().Connection);
            OutcomeWait.Check(WaitOutcome, IsGiven(nameof(WaitOutcome)));
        }
        catch (InboundProvisioningException fault)
        {
            ThrowFault(fault);
        }

        RunWithJob(
            async (run, job, stop) =>
            {
                var logs = new ProvisioningLogClient(
                    run.Graph, SessionCallLimits.OfReports(run.Connection, ProvisioningLogClient.DocumentedLimit), run.Notices);
                OutcomeSummary summary = await OutcomeUpdate.RunAsync(
                    state!,
                    new StateIdentity(job.JobId, job.ServicePrincipalId, run.Connection.Endpoints.Graph.Host),
                    logs,
                    job,
                    WaitOutcome,
                    look => run.WriteProgress(new ProgressRecord(ActivityId, "Reading outcomes", $"{look.Open:N0} people have none yet")),
                    TimeProvider.System,
                    stop).ConfigureAwait(false);
                run.WriteObject(summary);
            },
            static connection => ProvisioningLogClient.RequireOffered(connection.Endpoints));
        WriteProgress(new ProgressRecord(ActivityId, "Reading outcomes", " ") { RecordType = ProgressRecordType.Completed });
    }
}
