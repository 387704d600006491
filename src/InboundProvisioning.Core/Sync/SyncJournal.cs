using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using InboundProvisioning.Graph;
using InboundProvisioning.Scim;
using InboundProvisioning.State;
using InboundProvisioning.Upload;

namespace InboundProvisioning.Sync;

/// <summary>
/// Writes each request to the outbox of the state before it goes, and what became of it when its answer is there. Of a state that is kept
/// elsewhere, no request goes that is not named there: <see cref="Ahead"/> names them in blocks.
/// </summary>
internal sealed class SyncJournal : IUploadJournal
{
    // What the service's limit of 40 calls in 5 seconds lets through in 30 seconds, and memory for as much.
    private const int BlockRequests = 240;
    private const int BlockBytes = 32 * 1024 * 1024;

    // The most of sending that is not where the state is kept.
    private static readonly TimeSpan Checkpoint = TimeSpan.FromSeconds(30);

    private readonly IProvisioningState _state;
    private readonly TimeProvider _time;
    private readonly long _run;
    private readonly ConcurrentDictionary<BulkRequestDocument, long> _requests = new();
    private readonly ConcurrentDictionary<long, bool> _resumed = new();
    private int _calls;

    // Of a state that is kept elsewhere. Under the gate lies all that changes what it is to name.
    private readonly object _gate = new();

    // Requests that are named and have not begun to go.
    private readonly ConcurrentDictionary<BulkRequestDocument, bool> _ahead = new();

    // Whole requests that the state has as being sent, by number, and those of them that it had when it was saved last. A request is taken
    // out before it is settled, so that none of them is ever settled in what is saved.
    private readonly ConcurrentDictionary<int, bool> _open = new();
    private HashSet<int> _named = [];
    private long _saved;
    private InboundProvisioningException? _aheadFault;

    public SyncJournal(IProvisioningState state, long run, TimeProvider time)
    {
        _state = state;
        _run = run;
        _time = time;
        _saved = time.GetTimestamp();
    }

    /// <summary>Calls that were made.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Cancelled when the state is not this run's any more.</summary>
    public CancellationToken Lost => _state.Keeper?.Lost ?? CancellationToken.None;

    /// <summary>Why requests could not be named, or the state is not this run's any more; or null.</summary>
    public InboundProvisioningException? Fault => _aheadFault ?? _state.Keeper?.Fault;

    /// <summary>A request that is in doubt is going to be sent again.</summary>
    public void Expect(BulkRequestDocument document, long request)
    {
        _requests[document] = request;
        _resumed[request] = true;
    }

    /// <summary>
    /// Gives requests on as they come. Where the state is kept elsewhere, those of the next 30 seconds are first written to its outbox, with
    /// their calls, and the state is saved: a machine that dies leaves them in doubt there. It ends early with a <see cref="Fault"/>.
    /// </summary>
    public IEnumerable<BulkRequestDocument> Ahead(IEnumerable<BulkRequestDocument> documents) =>
        _state.Keeper is null ? documents : InBlocks(documents);

    public void OnSending(BulkRequestDocument document)
    {
        if (_state.Keeper is not { } keeper)
        {
            Begin(document);
            return;
        }

        keeper.Confirm();
        SaveIfDue();
        if (!_ahead.TryRemove(document, out _))
        {
            // A part of one that is refused as a whole. A run that finds that one in doubt sends it again, and its parts with it.
            lock (_gate)
            {
                Begin(document);
                if (!document.IsPart || !_named.Contains(document.Number))
                {
                    Save();
                }
            }
        }
    }

    public void OnSettled(BulkUploadOutcome outcome)
    {
        if (!outcome.Document.IsPart)
        {
            _open.TryRemove(outcome.Document.Number, out _);
        }

        _requests.TryRemove(outcome.Document, out long request);
        int attempts = outcome.Result?.Attempts ?? 0;
        Interlocked.Add(ref _calls, attempts);
        if (outcome.Result is null && outcome.Fault is { Kind: FaultKind.Authentication or FaultKind.LimitReached } fault && fault.Data[GraphClient.AttemptsKey] is 0)
        {
            // No token or no place within the limits: no call.
            _state.Withdraw(request);
            return;
        }

        _state.Settle(request, new RequestOutcome(
            StateOf(outcome, isFirst: attempts <= 1 && !_resumed.ContainsKey(request)),
            outcome.Result?.Status ?? 0,
            outcome.Result?.RequestId,
            outcome.Result?.AcceptedOn ?? _time.GetUtcNow(),
            outcome.Fault?.ErrorId,
            attempts));
        if (_state.Keeper is not null)
        {
            SaveIfDue();
        }
    }

    /// <summary>Takes back what was named and has not gone.</summary>
    public void WithdrawRest()
    {
        foreach (BulkRequestDocument document in _ahead.Keys)
        {
            _ahead.TryRemove(document, out _);
            _open.TryRemove(document.Number, out _);
            if (_requests.TryRemove(document, out long request))
            {
                _state.Withdraw(request);
            }
        }
    }

    /// <summary>Keeps what is known of a run that is broken off, as far as that can be: what is not kept is in doubt.</summary>
    public void Abandon()
    {
        if (_state.Keeper is null || Fault is not null)
        {
            return;
        }

        try
        {
            WithdrawRest();
            _state.Save();
        }
        catch (InboundProvisioningException)
        {
            // The run ends with the fault that broke it off.
        }
    }

    private IEnumerable<BulkRequestDocument> InBlocks(IEnumerable<BulkRequestDocument> documents)
    {
        using IEnumerator<BulkRequestDocument> source = documents.GetEnumerator();
        var block = new List<BulkRequestDocument>();
        do
        {
            block.Clear();
            long bytes = 0;
            while (block.Count < BlockRequests && bytes < BlockBytes && source.MoveNext())
            {
                block.Add(source.Current);
                bytes += source.Current.Json.Length;
            }

            if (block.Count > 0 && !TryName(block))
            {
                yield break;
            }

            foreach (BulkRequestDocument document in block)
            {
                yield return document;
            }
        }
        while (block.Count > 0);
    }

    private bool TryName(List<BulkRequestDocument> block)
    {
        try
        {
            lock (_gate)
            {
                foreach (BulkRequestDocument document in block)
                {
                    Begin(document);
                    _open[document.Number] = true;
                    _ahead[document] = true;
                }

                Save();
            }

            return true;
        }
        catch (InboundProvisioningException fault)
        {
            _aheadFault = fault;
            return false;
        }
    }

    private void Begin(BulkRequestDocument document)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (_requests.TryGetValue(document, out long request))
        {
            _state.BeginAgain(request, now);
        }
        else
        {
            _requests[document] = _state.Begin(_run, document.Json, document.OperationCount, now);
        }
    }

    private void SaveIfDue()
    {
        if (!IsDue())
        {
            return;
        }

        lock (_gate)
        {
            if (IsDue())
            {
                Save();
            }
        }
    }

    private bool IsDue() => _time.GetElapsedTime(Volatile.Read(ref _saved)) >= Checkpoint;

    private void Save()
    {
        _state.Save();

        // Whatever is open now was so, too, in what was saved: nothing begins outside the gate.
        _named = [.. _open.Keys];
        Volatile.Write(ref _saved, _time.GetTimestamp());
    }

    // What is wrong with the request was so each time it went. Another refusal speaks of one attempt alone: an earlier one may have been
    // taken, as after anything that is no answer.
    private static RequestState StateOf(BulkUploadOutcome outcome, bool isFirst) =>
        outcome.IsAccepted ? RequestState.Accepted
        : outcome.Fault is not GraphException { Status: >= 400 and < 500 and not 408 and var status } ? RequestState.InDoubt
        : isFirst || status is 400 or 413 or 415 or 422 ? RequestState.Refused
        : RequestState.InDoubt;
}
