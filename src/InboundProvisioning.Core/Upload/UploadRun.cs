using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Upload;

/// <summary>
/// Sends bulk requests to a provisioning job, from the first to the end of all: documents in, outcomes out in their order. The job is
/// looked up when there is something to send, paused meanwhile where that is asked for, and warned of where it does not run.
/// </summary>
/// <remarks>
/// One call at a time: <see cref="SendAsync"/> for each document, then <see cref="CompleteAsync"/>, then <see cref="DisposeAsync"/>,
/// whatever came. <see cref="End"/> may come from any thread.
/// </remarks>
public sealed class UploadRun : IAsyncDisposable
{
    // Requests read ahead for each one in flight: enough that a slow one does not hold up the others, and little memory.
    private const int ReadAhead = 8;

    // A run that is broken off has little time to set the job right.
    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(5);

    private readonly UploadRunSettings _settings;
    private readonly IUploadObserver _observer;
    private readonly CancellationTokenSource _stop;
    private readonly GraphClient _graph;
    private readonly UploadJob _job;
    private readonly Queue<Task<BulkUploadOutcome>> _pending = new();

    // From the outcome on that ended the run: the cause is among them, and what was not sent.
    private readonly List<BulkUploadOutcome> _ending = [];
    private BulkUploadQueue? _queue;
    private UploadProgress _progress;
    private int _index;
    private bool _ended;
    private bool _holdJob;

    /// <summary>Makes a run; no call is made before the first document.</summary>
    /// <param name="settings">Where to, and how.</param>
    /// <param name="observer">Is told what comes of it.</param>
    /// <param name="stop">Breaks the run off: what is in flight is cancelled.</param>
    public UploadRun(UploadRunSettings settings, IUploadObserver observer, CancellationToken stop)
    {
        _settings = settings;
        _holdJob = settings.HoldJob;
        _observer = observer;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _graph = settings.Connection.CreateGraphClient(settings.Retries, settings.Time);
        _job = new UploadJob(settings.Connection, _graph, observer, settings.Time);
    }

    /// <summary>The command that starts the job, while it is paused by this run; else null.</summary>
    public string? StartCommand => _job.IsHeld ? _job.StartCommand : null;

    /// <summary>
    /// Takes a document, which is sent as soon as its turn comes: as it is, or in parts where it has more than a request may have. Waits
    /// while enough are on their way.
    /// </summary>
    /// <param name="document">The document; one with a fault is not sent, and its fault is its outcome.</param>
    /// <returns>Whether the run goes on; false: take no more, and <see cref="CompleteAsync">complete</see> it.</returns>
    /// <exception cref="InboundProvisioningException">The job is not found, or may not be paused and started: nothing was sent.</exception>
    public async Task<bool> SendAsync(BulkRequestDocument document)
    {
        // Of a run that ends meanwhile the other parts stay unsent, each in its place.
        foreach (BulkRequestDocument request in document.Requests())
        {
            await SendRequestAsync(request).ConfigureAwait(false);
        }

        return !HasEnded;
    }

    /// <summary>Lets the job run on where it was to be paused; before the first document.</summary>
    public void LeaveJobRunning() => _holdJob = false;

    /// <summary>Ends the run early: nothing new is sent, what is in flight goes on to its end.</summary>
    public void End()
    {
        Volatile.Write(ref _ended, true);
        Volatile.Read(ref _queue)?.End();
    }

    /// <summary>Awaits what is in flight, starts the job again where it was paused, and sums up.</summary>
    /// <param name="rest">What was not given to the run because it ended; read only then.</param>
    /// <param name="moreMayFollow">Whether there was more to come that is not known by name.</param>
    public async Task<UploadRunResult> CompleteAsync(IEnumerable<UnsentPayload> rest, bool moreMayFollow)
    {
        while (_pending.Count > 0)
        {
            await SettleNextAsync().ConfigureAwait(false);
        }

        if (!HasEnded)
        {
            InboundProvisioningException? notStarted = await StartAgainAsync().ConfigureAwait(false);
            if (_progress.Requests > 0)
            {
                await _job.WarnAfterAsync(_stop.Token).ConfigureAwait(false);
            }

            return new UploadRunResult([], Fault: null, notStarted);
        }

        List<UnsentPayload> unsent = _ending.Where(static outcome => outcome.IsUnsent || outcome.EndsRun)
            .Select(static outcome => UnsentPayload.Of(outcome.Document)).Concat(rest).ToList();
        return new UploadRunResult(unsent, Fault(unsent, moreMayFollow), await StartAgainAsync().ConfigureAwait(false));
    }

    /// <summary>
    /// Ends the run however far it is: what is in flight is cancelled and awaited. A job that is still paused gets one attempt to start;
    /// where it fails, <see cref="StartCommand"/> is left.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _stop.Cancel();

            // Whatever they end with, a fault that nobody has foreseen too: it must not keep the job from its start.
            await Task.WhenAny(Task.WhenAll(_pending)).ConfigureAwait(false);
            if (_job.IsHeld)
            {
                await _job.TryStartAsync(LongestRelease).ConfigureAwait(false);
            }
        }
        finally
        {
            _queue?.Dispose();
            _graph.Dispose();
            _stop.Dispose();
        }
    }

    private async Task SendRequestAsync(BulkRequestDocument request)
    {
        var outcome = new BulkUploadOutcome(++_index, request) { Fault = request.Fault };
        if (request.Fault is not null || HasEnded)
        {
            _pending.Enqueue(Task.FromResult(outcome));
        }
        else
        {
            if (request.Warning is string warning)
            {
                _observer.OnWarning(warning);
            }

            _pending.Enqueue((await QueueAsync().ConfigureAwait(false)).Enqueue(outcome.Index, request));
        }

        while (!HasEnded && _pending.Count > 0 && (_pending.Peek().IsCompleted || _pending.Count > _settings.ThrottleLimit * ReadAhead))
        {
            await SettleNextAsync().ConfigureAwait(false);
        }
    }

    private bool HasEnded => Volatile.Read(ref _ended);

    // Made when the first request is to be sent.
    private async Task<BulkUploadQueue> QueueAsync()
    {
        if (_queue is BulkUploadQueue made)
        {
            return made;
        }

        ProvisioningJobAddress job = await _job.PrepareAsync(_settings.Target, _holdJob, _stop.Token).ConfigureAwait(false);
        var queue = new BulkUploadQueue(_graph, _settings.Limits, job, _settings.ThrottleLimit, _observer, _stop.Token, _settings.Journal);
        Volatile.Write(ref _queue, queue);
        if (HasEnded)
        {
            queue.End();
        }

        return queue;
    }

    private async Task SettleNextAsync()
    {
        BulkUploadOutcome outcome = await _pending.Peek().ConfigureAwait(false);
        _ = _pending.Dequeue();
        IReadOnlyList<BulkUploadOutcome> parts = outcome.Parts.Count > 0 ? outcome.Parts : [outcome];
        if (parts.Any(part => part.IsUnsent || part.EndsRun || (_settings.StopAtFault && !part.IsAccepted)))
        {
            End();
        }

        foreach (BulkUploadOutcome part in parts)
        {
            Settle(part);
        }
    }

    private void Settle(BulkUploadOutcome outcome)
    {
        if (HasEnded)
        {
            _ending.Add(outcome);
        }

        _observer.OnOutcome(outcome);
        if (outcome.IsAccepted)
        {
            _progress = new UploadProgress(_progress.Requests + 1, _progress.Records + outcome.Document.OperationCount, _pending.Count);
            _observer.OnProgress(_progress);
        }
    }

    // The fault where the job was paused here and does not start.
    private async Task<InboundProvisioningException?> StartAgainAsync()
    {
        try
        {
            if (_job.IsHeld)
            {
                await _job.StartAsync(_stop.Token).ConfigureAwait(false);
            }

            return null;
        }
        catch (InboundProvisioningException fault)
        {
            return fault;
        }
    }

    // One error for the whole end. A run that was ended from outside has none.
    private BulkUploadStoppedException? Fault(List<UnsentPayload> unsent, bool moreMayFollow)
    {
        BulkUploadOutcome? cause = _ending.Find(static outcome => outcome.EndsRun)
            ?? (_settings.StopAtFault ? _ending.Find(static outcome => outcome.Fault is not null) : null);
        if (cause is null)
        {
            return null;
        }

        List<BulkUploadOutcome> refused = _settings.StopAtFault
            ? _ending.FindAll(outcome => outcome.Fault is not null && !outcome.EndsRun && outcome != cause)
            : [];
        return BulkUploadFault.OfRun(cause, refused, unsent, moreMayFollow);
    }
}
