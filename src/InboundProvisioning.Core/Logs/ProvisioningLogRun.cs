using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.Logs;

/// <summary>
/// Reads what is wanted of a job's logs, once, or again and again until each record has an outcome, and gives out changes, events or
/// summaries as they are complete.
/// </summary>
public sealed class ProvisioningLogRun : IProgress<ProvisioningLogProgress>
{
    private readonly ProvisioningLogClient _logs;
    private readonly ProvisioningJobAddress _job;
    private readonly LogRecords _records;
    private readonly ILogObserver _observer;
    private readonly TimeProvider _time;
    private OutcomeWatch? _watch;

    /// <summary>Creates a run.</summary>
    /// <param name="graph">Makes the calls.</param>
    /// <param name="limits">The limits of reading; see <see cref="ProvisioningLogClient.DocumentedLimit"/>.</param>
    /// <param name="job">The job.</param>
    /// <param name="records">The records whose events are wanted; empty: all.</param>
    /// <param name="observer">Learns what is found.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InboundProvisioningException"><c>LogsNotInCloud</c>.</exception>
    public ProvisioningLogRun(
        GraphClient graph,
        CallLimits limits,
        ProvisioningJobAddress job,
        LogRecords records,
        ILogObserver observer,
        IProgress<RetryNotice>? notices,
        TimeProvider time)
    {
        _logs = new ProvisioningLogClient(graph, limits, notices) { Progress = this };
        _job = job;
        _records = records;
        _observer = observer;
        _time = time;
    }

    /// <summary>Which events are wanted. Of records that were sent, none from before that.</summary>
    public ProvisioningLogSelection Selection { get; init; } = new();

    /// <summary>What events are given out as.</summary>
    public LogForm Form { get; init; }

    /// <summary>The most objects to give out; with the last one the reading ends.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Reads once.</summary>
    /// <exception cref="GraphException">The service refuses, or cannot be reached.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        LogOutput output = Output();
        bool any = false;
        ProvisioningLogSelection selection = Selection with { SourceIds = _records.Ids, Since = Selection.Since ?? _records.Earliest };
        await foreach (ProvisioningEvent item in _logs.ReadAsync(_job, selection, cancellationToken).ConfigureAwait(false))
        {
            any = true;
            if (_records.Counts(item))
            {
                output.Add(item);
            }

            if (output.IsFull)
            {
                return;
            }
        }

        output.Complete();
        if (!any)
        {
            TellNothing();
        }
    }

    /// <summary>Looks until each record has an outcome, or the time is up; what is open then is a warning.</summary>
    /// <param name="interval">The time between two looks.</param>
    /// <param name="timeout">How long to wait in all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="GraphException">The service refuses, or cannot be reached.</exception>
    public async Task WatchAsync(TimeSpan interval, TimeSpan timeout, CancellationToken cancellationToken)
    {
        LogOutput output = Output();
        _watch = new OutcomeWatch(_logs, _job, _records.Times, interval, timeout, _time);
        do
        {
            await foreach (ProvisioningEvent item in _watch.LookAsync(cancellationToken).ConfigureAwait(false))
            {
                if (Selection.HasTerms(item))
                {
                    output.Add(item);
                }

                if (output.IsFull)
                {
                    return;
                }
            }

            // A record is not looked for again: its changes are complete.
            output.CompleteChanges();
            Report(new ProvisioningLogProgress(0, null) { NextLook = interval });
        }
        while (await _watch.WaitAsync(cancellationToken).ConfigureAwait(false));

        output.Complete();
        if (_watch.Open.Count > 0)
        {
            _observer.OnWarning(string.Format(
                CultureInfo.InvariantCulture,
                "{0:N0} of {1:N0} records have no outcome in the logs after {2} s. They have not failed: the job may not have come to them, is paused, or the logs "
                    + "lag behind. Still open: {3}",
                _watch.Open.Count,
                _records.Count,
                timeout.TotalSeconds,
                LogRecords.Names(_watch.Open)));
        }
    }

    /// <inheritdoc/>
    void IProgress<ProvisioningLogProgress>.Report(ProvisioningLogProgress value) => Report(value);

    private void Report(ProvisioningLogProgress progress) => _observer.OnProgress(
        _watch is null ? progress : progress with { Expected = _records.Count, Open = _watch.Open.Count });

    private LogOutput Output() => new(_observer.OnItem, Most, Form);

    private void TellNothing()
    {
        string what = $"The provisioning logs of {_job} hold no events" + (_records.Count > 0 ? $" of {LogRecords.Names(_records.Ids)}" : string.Empty);
        if (Selection.Statuses.Count > 0 || Selection.Actions.Count > 0)
        {
            _observer.OnDetail(what + " with this status and action.");
            return;
        }

        bool isAboutAll = Selection is { CycleIds.Count: 0, Since: null, Until: null };
        _observer.OnWarning(
            what + (isAboutAll ? "." : " in this cycle or time.")
                + " The job may be paused or not have run yet, the provisioning agent may be down, or it is too early: events show up 5 to 10 minutes after a cycle.");
    }
}
