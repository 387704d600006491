using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Logs;

/// <summary>
/// Reads what one query finds, page by page, each when the one before has been dealt with. A page that broke off is asked for
/// again; where the link of the next page has expired, reading goes on from the time that it had reached.
/// </summary>
internal sealed class LogReader
{
    /// <summary>The application permission of reading.</summary>
    public const string Permission = GraphPermissions.ReadProvisioningLogs + " (or " + GraphPermissions.ReadAllLogs + ")";

    private const int AttemptsAtPage = 3;

    private readonly GraphClient _graph;
    private readonly CallLimits _limits;
    private readonly IProgress<RetryNotice>? _notices;

    public LogReader(GraphClient graph, CallLimits limits, IProgress<RetryNotice>? notices)
    {
        _graph = graph;
        _limits = limits;
        _notices = notices;
    }

    /// <summary>The events that a query finds, newest first.</summary>
    /// <param name="query">The query.</param>
    /// <param name="pageSize">Events a page.</param>
    /// <param name="pages">Is told of the events of each page that were new.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<ProvisioningEvent> ReadAsync(
        LogQuery query, int pageSize, Action<int, DateTimeOffset?> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = new RecentEvents();
        string? path = query.Path(pageSize);
        bool mayHaveExpired = false;
        while (path is not null)
        {
            IReadOnlyList<ProvisioningEvent> page;
            try
            {
                (page, path) = await ReadPageAsync(query, path, cancellationToken).ConfigureAwait(false);
            }
            catch (GraphException fault) when (mayHaveExpired && fault.Status is 400 or 404 or 410)
            {
                path = (query with { Until = read.Oldest }).Path(pageSize);
                mayHaveExpired = false;
                continue;
            }

            List<ProvisioningEvent> added = page.Where(read.Add).ToList();
            mayHaveExpired |= added.Count > 0 && read.Oldest is not null;
            pages(added.Count, read.Oldest);
            foreach (ProvisioningEvent item in added.Where(item => query.IsWithin(item.ActivityDateTime)))
            {
                yield return item;
            }
        }
    }

    /// <summary>The newest event that a query finds, or the oldest; null where there is none.</summary>
    public async Task<ProvisioningEvent?> FirstAsync(LogQuery query, bool oldestFirst, CancellationToken cancellationToken)
    {
        (IReadOnlyList<ProvisioningEvent> page, _) =
            await ReadPageAsync(query, query.Path(pageSize: 1, oldestFirst), cancellationToken).ConfigureAwait(false);
        return page.Count == 0 ? null : page[0];
    }

    private async Task<(IReadOnlyList<ProvisioningEvent> Events, string? Next)> ReadPageAsync(
        LogQuery query, string path, CancellationToken cancellationToken)
    {
        var request = new GraphRequest(
            HttpMethod.Get,
            path,
            $"Reading the provisioning logs of job '{query.JobId}'",
            Permission,
            "such provisioning logs")
        {
            Limits = _limits,
        };
        for (int attempt = 1; ; attempt++)
        {
            GraphResponse response = await _graph.SendAsync(request, _notices, cancellationToken).ConfigureAwait(false);
            try
            {
                using GraphPage page = GraphPage.Read(response);
                return (page.Items.Select(ProvisioningEvent.Read).ToList(), page.Next is Uri next ? _graph.Endpoints.PathOf(next) : null);
            }
            catch (InboundProvisioningException fault) when (fault.ErrorId == "AnswerNotUnderstood" && attempt < AttemptsAtPage)
            {
                _notices?.Report(new RetryNotice(request.Purpose, attempt, TimeSpan.Zero, "the page broke off"));
            }
        }
    }
}
