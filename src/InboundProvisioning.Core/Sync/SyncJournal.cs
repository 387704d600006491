using System;
using System.Collections.Concurrent;
using System.Threading;
using InboundProvisioning.Graph;
using InboundProvisioning.Scim;
using InboundProvisioning.State;
using InboundProvisioning.Upload;

namespace InboundProvisioning.Sync;

/// <summary>Writes each request to the outbox of the state before it goes, and what became of it when its answer is there.</summary>
internal sealed class SyncJournal : IUploadJournal
{
    private readonly IProvisioningState _state;
    private readonly TimeProvider _time;
    private readonly long _run;
    private readonly ConcurrentDictionary<BulkRequestDocument, long> _requests = new();
    private readonly ConcurrentDictionary<long, bool> _resumed = new();
    private int _calls;

    public SyncJournal(IProvisioningState state, long run, TimeProvider time)
    {
        _state = state;
        _run = run;
        _time = time;
    }

    /// <summary>Calls that were made.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>A request that is in doubt is going to be sent again.</summary>
    public void Expect(BulkRequestDocument document, long request)
    {
        _requests[document] = request;
        _resumed[request] = true;
    }

    public void OnSending(BulkRequestDocument document)
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

    public void OnSettled(BulkUploadOutcome outcome)
    {
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
    }

    // What is wrong with the request was so each time it went. Another refusal speaks of one attempt alone: an earlier one may have been
    // taken, as after anything that is no answer.
    private static RequestState StateOf(BulkUploadOutcome outcome, bool isFirst) =>
        outcome.IsAccepted ? RequestState.Accepted
        : outcome.Fault is not GraphException { Status: >= 400 and < 500 and not 408 and var status } ? RequestState.InDoubt
        : isFirst || status is 400 or 413 or 415 or 422 ? RequestState.Refused
        : RequestState.InDoubt;
}
