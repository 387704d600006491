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
/// Sends bulk requests, several in flight together, within the limits. The service promises no order between requests, so two
/// that hold a record of the same person (externalId) are never in flight together: the later one waits for the earlier.
/// </summary>
/// <remarks>
/// A fault that every request would meet (sign-in, permission, wrong job, the limit of the day, three outages in a row, three
/// requests in a row of which the service takes nothing) ends the run: what is in flight is awaited, what has not begun stays
/// unsent. A request that is refused is cut until the operations at fault are alone, and the others are delivered.
/// </remarks>
public sealed class BulkUploadQueue : IDisposable
{
    // One request may be unlucky; a third in a row that failed after all its retries is an outage.
    private const int OutagesThatEndRun = 3;

    // The same for requests of which not one operation is accepted: the mapping or the job is wrong, not a record.
    private const int RefusalsThatEndRun = 3;

    private readonly object _gate = new();
    private readonly BulkUploadClient _client;
    private readonly ProvisioningJobLocator _locator;
    private readonly IProgress<RetryNotice>? _notices;
    private readonly IUploadJournal? _journal;
    private readonly CancellationToken _stop;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _relocation = new(1);
    private readonly Dictionary<string, Task> _lastOfPerson = new(StringComparer.OrdinalIgnoreCase);
    private ProvisioningJobAddress _job;
    private bool _relocated;
    private bool _ended;
    private int _outagesInRow;
    private int _refusalsInRow;

    /// <summary>Creates a queue.</summary>
    /// <param name="graph">Makes the calls.</param>
    /// <param name="limits">The limits of bulkUpload.</param>
    /// <param name="job">The job; its service principal may be an app id, which is looked up after a 404.</param>
    /// <param name="throttleLimit">The most requests in flight.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    /// <param name="stop">Ends the requests in flight.</param>
    /// <param name="journal">Writes down what goes and what came of it; or null.</param>
    public BulkUploadQueue(
        GraphClient graph,
        CallLimits limits,
        ProvisioningJobAddress job,
        int throttleLimit,
        IProgress<RetryNotice>? notices,
        CancellationToken stop,
        IUploadJournal? journal = null)
    {
        _journal = journal;
        _client = new BulkUploadClient(graph, limits);
        _locator = new ProvisioningJobLocator(graph);
        _job = job;
        _slots = new SemaphoreSlim(throttleLimit);
        _notices = notices;
        _stop = stop;
    }

    /// <summary>
    /// Takes a request and sends it as soon as its turn comes. The task ends with its outcome, and fails only by cancellation.
    /// </summary>
    /// <param name="index">The number of the request in the run, from 1.</param>
    /// <param name="document">The request; one with a fault is not sent, and its fault is the outcome.</param>
    public Task<BulkUploadOutcome> Enqueue(int index, BulkRequestDocument document)
    {
        if (document.Fault is not null)
        {
            return Task.FromResult(new BulkUploadOutcome(index, document) { Fault = document.Fault });
        }

        lock (_gate)
        {
            List<string> people = document.ExternalIds.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var earlier = new HashSet<Task>();
            foreach (string person in people)
            {
                if (_lastOfPerson.TryGetValue(person, out Task? last))
                {
                    earlier.Add(last);
                }
            }

            // Taken here, in the order of the requests: of a run that ends early the first have been sent.
            Task? slot = earlier.Count == 0 ? _slots.WaitAsync(_stop) : null;
            Task<BulkUploadOutcome> upload = Task.Run(() => RunAsync(index, document, earlier, slot), _stop);
            foreach (string person in people)
            {
                _lastOfPerson[person] = upload;
            }

            _ = upload.ContinueWith(
                done => Forget(people, done), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return upload;
        }
    }

    /// <summary>Ends the run: what is in flight goes on to its end, what has not begun stays unsent.</summary>
    public void End() => Volatile.Write(ref _ended, true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        _relocation.Dispose();
    }

    private void Forget(List<string> people, Task done)
    {
        lock (_gate)
        {
            foreach (string person in people)
            {
                if (_lastOfPerson.TryGetValue(person, out Task? last) && last == done)
                {
                    _lastOfPerson.Remove(person);
                }
            }
        }
    }

    private async Task<BulkUploadOutcome> RunAsync(int index, BulkRequestDocument document, IReadOnlyCollection<Task> earlier, Task? slot)
    {
        await Task.WhenAll(earlier).ConfigureAwait(false);
        await (slot ?? _slots.WaitAsync(_stop)).ConfigureAwait(false);
        try
        {
            // A place that comes free because the run is broken off is nobody's: what has not begun is not in doubt.
            _stop.ThrowIfCancellationRequested();
            return Volatile.Read(ref _ended)
                ? new BulkUploadOutcome(index, document)
                : await DeliverAsync(index, document).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<BulkUploadOutcome> DeliverAsync(int index, BulkRequestDocument document)
    {
        BulkUploadOutcome outcome = await UploadAsync(index, document).ConfigureAwait(false);
        if (!BulkUploadNarrowing.MayHelp(outcome))
        {
            return outcome;
        }

        var narrowing = new BulkUploadNarrowing(outcome, part => UploadAsync(index, part), () => Volatile.Read(ref _ended));
        outcome = await narrowing.RunAsync().ConfigureAwait(false);
        return outcome.Parts.Count == 0 && Interlocked.Increment(ref _refusalsInRow) >= RefusalsThatEndRun ? Ending(outcome) : outcome;
    }

    private async Task<BulkUploadOutcome> UploadAsync(int index, BulkRequestDocument document)
    {
        if (_journal is null)
        {
            return await CallAsync(index, document).ConfigureAwait(false);
        }

        try
        {
            _journal.OnSending(document);
        }
        catch (InboundProvisioningException fault)
        {
            return Ending(new BulkUploadOutcome(index, document) { Fault = fault });
        }

        BulkUploadOutcome outcome = await CallAsync(index, document).ConfigureAwait(false);
        try
        {
            _journal.OnSettled(outcome);
            return outcome;
        }
        catch (InboundProvisioningException fault)
        {
            return Ending(outcome with { Fault = fault });
        }
    }

    private async Task<BulkUploadOutcome> CallAsync(int index, BulkRequestDocument document)
    {
        var outcome = new BulkUploadOutcome(index, document);
        try
        {
            GraphResponse response = await PostAsync(index, document).ConfigureAwait(false);
            ProvisioningJobAddress job = Volatile.Read(ref _job);
            Volatile.Write(ref _outagesInRow, 0);
            Volatile.Write(ref _refusalsInRow, 0);
            return outcome with
            {
                Result = Result(index, document, response.Status, response.Attempts, response.Duration) with
                {
                    RequestId = response.RequestId,
                    ClientRequestId = response.ClientRequestId,
                    Location = response.Location,
                    ServicePrincipalId = job.ServicePrincipalId,
                    JobId = job.JobId,
                    AcceptedOn = response.AnsweredOn,
                },
            };
        }
        catch (GraphException fault)
        {
            return outcome with
            {
                Fault = fault,
                EndsRun = EndsRun(fault),
                Result = Result(index, document, fault.Status ?? 0, fault.Attempts, fault.Duration) with
                {
                    RequestId = fault.RequestId,
                    ClientRequestId = fault.ClientRequestId,
                },
            };
        }
        catch (InboundProvisioningException fault)
        {
            return outcome with { Fault = fault, EndsRun = EndsRun(fault) };
        }
    }

    private async Task<GraphResponse> PostAsync(int index, BulkRequestDocument document)
    {
        string name = document.IsPart ? $"request {index} ({document})" : $"request {index} ({document}, {document.OperationText})";
        ProvisioningJobAddress job = Volatile.Read(ref _job);
        try
        {
            return await _client.UploadAsync(job, document.Json, name, _notices, _stop).ConfigureAwait(false);
        }
        catch (GraphException fault) when (fault.ErrorId == "NotFound")
        {
            if (await RelocateAsync(job).ConfigureAwait(false) is not ProvisioningJobAddress other)
            {
                throw;
            }

            return await _client.UploadAsync(other, document.Json, name, _notices, _stop).ConfigureAwait(false);
        }
    }

    // Several requests in flight meet the same 404: one of them asks.
    private async Task<ProvisioningJobAddress?> RelocateAsync(ProvisioningJobAddress missing)
    {
        await _relocation.WaitAsync(_stop).ConfigureAwait(false);
        try
        {
            if (!_relocated)
            {
                _relocated = true;
                Volatile.Write(
                    ref _job, await _locator.RelocateAsync(missing, _notices, _stop).ConfigureAwait(false) ?? _job);
            }

            return _job == missing ? null : _job;
        }
        finally
        {
            _relocation.Release();
        }
    }

    private BulkUploadOutcome Ending(BulkUploadOutcome outcome)
    {
        End();
        return outcome with { EndsRun = true };
    }

    private bool EndsRun(InboundProvisioningException fault)
    {
        int outages = fault.Kind == FaultKind.Connection ? Interlocked.Increment(ref _outagesInRow) : Interlocked.Exchange(ref _outagesInRow, 0);
        bool ends = fault.Kind switch
        {
            FaultKind.Authentication or FaultKind.PermissionDenied or FaultKind.NotFound or FaultKind.LimitReached => true,
            FaultKind.Connection => outages >= OutagesThatEndRun
                || fault.ErrorId is "ServerNotTrusted" or "ProxyAuthenticationRequired" or "RedirectRefused"
                    or "AnswerNotUnderstood" or "AnswerNotOfService" or "AnswerTooLarge",
            _ => false,
        };
        if (ends)
        {
            End();
        }

        return ends;
    }

    private static BulkUploadResult Result(int index, BulkRequestDocument document, int status, int attempts, TimeSpan duration) => new()
    {
        Index = index,
        Source = document.Source,
        Document = document.Number,
        FirstOperation = document.FirstOperation,
        IsPart = document.IsPart,
        OperationCount = document.OperationCount,
        ExternalIds = document.ExternalIds,
        Status = status,
        StatusText = status == 0 ? "No answer" : GraphFault.StatusText(status),
        Attempts = attempts,
        Duration = duration,
    };
}
