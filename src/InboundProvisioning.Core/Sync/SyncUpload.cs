using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Scim;
using InboundProvisioning.Upload;

namespace InboundProvisioning.Sync;

/// <summary>Sends the requests of a synchronization, until all are sent or the calls of the day or the time come to their end.</summary>
internal sealed class SyncUpload : IUploadObserver
{
    private const string OutOfTime = "The time (-MaximumDuration) is over.";

    private readonly ISyncObserver _observer;
    private readonly SyncPhase _phase;
    private readonly long _total;
    private bool _hasFault;

    private SyncUpload(ISyncObserver observer, SyncPhase phase, long total)
    {
        _observer = observer;
        _phase = phase;
        _total = total;
    }

    /// <summary>Nothing was to be sent.</summary>
    public static SyncUpload Nothing { get; } = new(observer: null!, SyncPhase.Sending, total: 0);

    /// <summary>Records that the service has taken.</summary>
    public long Accepted { get; private set; }

    /// <summary>Records that it does not take.</summary>
    public long Refused { get; private set; }

    /// <summary>Whether some is left for want of calls or time.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Why it ended early, in words.</summary>
    public string? Reason { get; private set; }

    /// <summary>The fault that ended it, where that is none of calls and time.</summary>
    public InboundProvisioningException? Fault { get; private set; }

    /// <summary>Whether faults alone are why nothing at all was accepted: the service cannot be reached, or has a fault of its own.</summary>
    public bool IsOutage => _hasFault && Accepted == 0 && Refused == 0 && !IsIncomplete;

    /// <summary>Sends.</summary>
    /// <param name="settings">The way to the service.</param>
    /// <param name="journal">Writes down what goes.</param>
    /// <param name="observer">Learns how it goes.</param>
    /// <param name="phase">What it is a part of.</param>
    /// <param name="total">How much there is.</param>
    /// <param name="calls">The calls that it may make.</param>
    /// <param name="deadline">When it is to end, or null.</param>
    /// <param name="documents">The requests.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public static async Task<SyncUpload> RunAsync(
        UploadRunSettings settings,
        SyncJournal journal,
        ISyncObserver observer,
        SyncPhase phase,
        long total,
        int calls,
        DateTimeOffset? deadline,
        IEnumerable<BulkRequestDocument> documents,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var upload = new SyncUpload(observer, phase, total);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, journal.Lost);
        try
        {
            await upload.SendAsync(settings, journal, calls, deadline, documents, time, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (journal.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What was in flight is in doubt.
        }
        catch
        {
            journal.Abandon();
            throw;
        }

        journal.WithdrawRest();
        if (journal.Fault is { } fault)
        {
            upload.Fault ??= fault;
            upload.Reason = upload.Fault.Message;
        }

        return upload;
    }

    public void OnOutcome(BulkUploadOutcome outcome)
    {
        if (outcome.IsAccepted)
        {
            Accepted += outcome.Document.OperationCount;
            _observer.OnPhase(_phase, Accepted, _total);
        }
        else if (outcome.Fault is GraphException { ErrorId: "RequestRefused" } && !outcome.EndsRun)
        {
            Refused += outcome.Document.OperationCount;
        }
        else
        {
            _hasFault = true;
        }

        _observer.OnOutcome(outcome);
    }

    public void OnProgress(UploadProgress progress) => _observer.OnProgress(progress);

    public void OnWarning(string text) => _observer.OnWarning(text);

    public void OnDetail(string text) => _observer.OnDetail(text);

    public void Report(RetryNotice value) => _observer.Report(value);

    private async Task SendAsync(
        UploadRunSettings settings,
        SyncJournal journal,
        int calls,
        DateTimeOffset? deadline,
        IEnumerable<BulkRequestDocument> documents,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using CallLimits limits = settings.Limits.Within(calls);
        var run = new UploadRun(settings with { Limits = limits, Journal = journal }, this, cancellationToken);
        await using (run.ConfigureAwait(false))
        {
            // Also while requests wait for their turn, or for the service: what is in flight goes on to its end.
            using ITimer? end = deadline is not DateTimeOffset last ? null : time.CreateTimer(
                _ =>
                {
                    End(OutOfTime);
                    run.End();
                },
                state: null,
                dueTime: TimeSpan.FromTicks(Math.Max(0, (last - time.GetUtcNow()).Ticks)),
                period: Timeout.InfiniteTimeSpan);
            int requests = 0;
            foreach (BulkRequestDocument document in journal.Ahead(documents))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (requests++ == calls)
                {
                    End("The calls of the day (-DailyCallLimit) are used up.");
                    break;
                }

                if (time.GetUtcNow() >= deadline)
                {
                    End(OutOfTime);
                    break;
                }

                if (!await run.SendAsync(document).ConfigureAwait(false))
                {
                    break;
                }
            }

            Conclude(await run.CompleteAsync(rest: [], moreMayFollow: false).ConfigureAwait(false));
        }
    }

    private void End(string reason)
    {
        IsIncomplete = true;
        Reason = reason;
    }

    private void Conclude(UploadRunResult result)
    {
        if (result.JobFault is { } jobFault)
        {
            _observer.OnWarning(jobFault.Message);
        }

        if (result.Fault is null)
        {
            return;
        }

        if (result.Fault.Kind == FaultKind.LimitReached && result.Fault.ErrorId is "DailyCallLimitReached" or "LimitReached")
        {
            End("The service or -DailyCallLimit allows no more calls now. " + result.Fault.Message);
        }
        else
        {
            Fault = result.Fault;
            Reason = result.Fault.Message;
        }
    }
}
