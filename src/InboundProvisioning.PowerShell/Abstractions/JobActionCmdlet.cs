using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>A cmdlet that changes the state of a provisioning job, or of several from the pipeline.</summary>
public abstract class JobActionCmdlet : JobCmdlet
{
    private static readonly string[] TargetParameters = [nameof(ServicePrincipalId), nameof(ApplicationName), nameof(JobId), nameof(ProvisioningEndpoint)];

    // The state changes within seconds, and reading it costs a call.
    private static readonly TimeSpan PauseBetweenReadings = TimeSpan.FromSeconds(2);

    /// <summary>Jobs, as Get-ProvisioningJob gives them, in place of the parameters that name one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public ProvisioningJob[]? InputObject { get; set; }

    /// <summary>Waits until the service shows the job in its new state.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait, in seconds. Default 300.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int Timeout { get; set; } = 300;

    /// <summary>Emits the job as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    /// <summary>What is to be known before, or null.</summary>
    private protected virtual string? Warning => null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            RunWithJob((run, address, stop) => ChangeAsync(run, address, stop));
            return;
        }

        if (TargetParameters.FirstOrDefault(IsGiven) is string parameter)
        {
            ThrowFault(new InboundProvisioningException(
                "TargetConflict", FaultKind.InvalidArgument, $"-InputObject names the job already. Leave out -{parameter}."));
        }

        RunWithGraph(async (run, stop) =>
        {
            foreach (ProvisioningJob job in InputObject)
            {
                try
                {
                    await ChangeAsync(run, new ProvisioningJobAddress(job.ServicePrincipalId, job.JobId), stop).ConfigureAwait(false);
                }
                catch (GraphException fault) when (fault.Kind is FaultKind.NotFound or FaultKind.Refused)
                {
                    run.WriteFault(fault, job);
                }
            }
        });
    }

    /// <summary>Changes the state.</summary>
    private protected abstract Task ActAsync(ProvisioningJobClient jobs, ProvisioningJobAddress job, CancellationToken stop);

    /// <summary>Whether the service shows the change, so that the wait is over.</summary>
    private protected abstract bool IsDone(ProvisioningJob job);

    private async Task ChangeAsync(GraphRun run, ProvisioningJobAddress address, CancellationToken stop)
    {
        var jobs = new ProvisioningJobClient(run.Graph, run.Notices, TimeProvider.System);

        // Read first: it finds the app of an app id, and a wrong job is told before anything is asked.
        ProvisioningJob job = await jobs.GetAsync(address, stop).ConfigureAwait(false);
        address = new ProvisioningJobAddress(job.ServicePrincipalId, job.JobId);
        if (Warning is string warning)
        {
            run.WriteWarning(warning);
        }

        if (!await run.ShouldProcessAsync($"Provisioning {job}", Action).ConfigureAwait(false))
        {
            return;
        }

        await ActAsync(jobs, address, stop).ConfigureAwait(false);
        if (Wait)
        {
            job = await WaitAsync(run, jobs, address, stop).ConfigureAwait(false);
        }
        else if (PassThru)
        {
            job = await jobs.GetAsync(address, stop).ConfigureAwait(false);
        }

        if (PassThru)
        {
            run.WriteObject(job);
        }
    }

    private async Task<ProvisioningJob> WaitAsync(GraphRun run, ProvisioningJobClient jobs, ProvisioningJobAddress address, CancellationToken stop)
    {
        var record = new ProgressRecord(1, Action, address.ToString());
        (ProvisioningJob job, bool isReached) = await jobs.WaitAsync(
            address,
            IsDone,
            PauseBetweenReadings,
            TimeSpan.FromSeconds(Timeout),
            new Readings(read => run.WriteProgress(new ProgressRecord(1, Action, $"The job is {read.Status}, its schedule {read.Schedule}."))),
            stop).ConfigureAwait(false);
        record.RecordType = ProgressRecordType.Completed;
        run.WriteProgress(record);
        if (!isReached)
        {
            run.WriteFault(
                new InboundProvisioningException(
                    "JobWaitTimedOut",
                    FaultKind.LimitReached,
                    $"The service has taken the call, but after {Timeout} seconds {job} is not in the state that was asked for. Look again with Get-ProvisioningJob, or give more with -Timeout.",
                    job),
                job);
        }
        else if (job.IsQuarantined)
        {
            run.WriteWarning(JobAdvice.For(job)!);
        }

        return job;
    }

    private sealed class Readings(Action<ProvisioningJob> seen) : IProgress<ProvisioningJob>
    {
        public void Report(ProvisioningJob value) => seen(value);
    }
}
