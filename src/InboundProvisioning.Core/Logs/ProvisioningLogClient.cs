using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.Logs;

/// <summary>
/// Reads the provisioning logs of a job, newest event first:
/// https://learn.microsoft.com/graph/api/provisioningobjectsummary-list.
/// </summary>
public sealed class ProvisioningLogClient
{
    // An event without a cycle is not expected. A few are stepped over.
    private const int MostStepsToCycle = 10;

    // The service cannot be asked for several externalIds in one query. So many are asked for one by one; for more, all events are
    // read and most are dropped. With a time to begin from there is less to read.
    private const int MostQueries = 50;
    private const int MostQueriesSince = 10;

    private readonly LogReader _reader;
    private long _events;

    /// <summary>Creates a client.</summary>
    /// <param name="graph">Makes the calls.</param>
    /// <param name="limits">The limits of reading; see <see cref="DocumentedLimit"/>.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    /// <exception cref="InboundProvisioningException"><c>LogsNotInCloud</c>.</exception>
    public ProvisioningLogClient(GraphClient graph, CallLimits limits, IProgress<RetryNotice>? notices)
    {
        RequireOffered(graph.Endpoints);
        _reader = new LogReader(graph, limits, notices);
    }

    /// <summary>
    /// 5 calls in any 10 seconds, for each app and tenant: https://learn.microsoft.com/graph/throttling-limits (identity and access
    /// reports).
    /// </summary>
    public static CallRateLimiterOptions DocumentedLimit { get; } = new() { CallLimit = 5, Window = TimeSpan.FromSeconds(10) };

    /// <summary>Is told how far the reading is, after each page; or null.</summary>
    public IProgress<ProvisioningLogProgress>? Progress { get; init; }

    /// <summary>Refuses a cloud in which Microsoft Graph does not offer the logs.</summary>
    /// <exception cref="InboundProvisioningException"><c>LogsNotInCloud</c>.</exception>
    public static void RequireOffered(ServiceEndpoints endpoints)
    {
        if (endpoints.Environment == CloudEnvironment.China)
        {
            throw new InboundProvisioningException(
                "LogsNotInCloud",
                FaultKind.InvalidArgument,
                "Microsoft Graph does not offer the provisioning logs in the China cloud. Look at them in the portal.",
                endpoints.Environment);
        }
    }

    /// <summary>The events of a selection, newest first within a cycle and a query. Nothing is held: a page is read when the one before is used up.</summary>
    /// <param name="job">The job.</param>
    /// <param name="selection">What is wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GraphException">The service refuses, or cannot be reached.</exception>
    /// <exception cref="InboundProvisioningException"><c>AnswerNotUnderstood</c>, <c>NextPageElsewhere</c>, and the faults of sign-in.</exception>
    public async IAsyncEnumerable<ProvisioningEvent> ReadAsync(
        ProvisioningJobAddress job, ProvisioningLogSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _events = 0;
        HashSet<string>? sourceIds = selection.SourceIds.Count == 0 ? null : new HashSet<string>(selection.SourceIds, StringComparer.Ordinal);
        await foreach (LogQuery query in QueriesAsync(job, selection, cancellationToken).ConfigureAwait(false))
        {
            foreach (LogQuery one in OneByOne(query, sourceIds))
            {
                await foreach (ProvisioningEvent item in _reader.ReadAsync(one, selection.PageSize, Report, cancellationToken).ConfigureAwait(false))
                {
                    if (selection.HasTerms(item) && sourceIds?.Contains(item.SourceId ?? string.Empty) != false)
                    {
                        yield return item;
                    }
                }
            }
        }
    }

    private static IEnumerable<LogQuery> OneByOne(LogQuery query, HashSet<string>? sourceIds) =>
        sourceIds is null || sourceIds.Count > (query.Since is null ? MostQueries : MostQueriesSince)
            ? [query]
            : sourceIds.Select(id => query with { SourceId = id });

    private async IAsyncEnumerable<LogQuery> QueriesAsync(
        ProvisioningJobAddress job, ProvisioningLogSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new LogQuery(job.JobId)
        {
            Since = selection.Since,
            Until = selection.Until,
            Status = selection.ServerStatus,
            Action = selection.ServerAction,
        };
        if (selection.Last is int count)
        {
            await foreach (string cycleId in LastCyclesAsync(job.JobId, count, cancellationToken).ConfigureAwait(false))
            {
                yield return query with { CycleId = cycleId };
            }
        }
        else if (selection.CycleIds.Count > 0)
        {
            foreach (string cycleId in selection.CycleIds.Distinct(StringComparer.Ordinal))
            {
                yield return query with { CycleId = cycleId };
            }
        }
        else
        {
            yield return query;
        }
    }

    /// <summary>
    /// The cycle of the newest event, then that of the newest event before the cycle's first one, and so on; each is looked for when
    /// the one before has been read.
    /// </summary>
    private async IAsyncEnumerable<string> LastCyclesAsync(string jobId, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var job = new LogQuery(jobId);
        DateTimeOffset? before = null;
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (int step = 0; found.Count < count && step < count + MostStepsToCycle; step++)
        {
            ProvisioningEvent? newest = await _reader.FirstAsync(job with { Before = before }, oldestFirst: false, cancellationToken).ConfigureAwait(false);
            if (newest is null)
            {
                yield break;
            }

            before = newest.ActivityDateTime;
            if (newest.CycleId is string cycleId && found.Add(cycleId))
            {
                yield return cycleId;
                if (found.Count == count)
                {
                    yield break;
                }

                ProvisioningEvent? first =
                    await _reader.FirstAsync(job with { CycleId = cycleId }, oldestFirst: true, cancellationToken).ConfigureAwait(false);
                before = first?.ActivityDateTime < before ? first?.ActivityDateTime : before;
            }

            if (before is null)
            {
                yield break;
            }
        }
    }

    private void Report(int events, DateTimeOffset? reached)
    {
        _events += events;
        Progress?.Report(new ProvisioningLogProgress(_events, reached));
    }
}
