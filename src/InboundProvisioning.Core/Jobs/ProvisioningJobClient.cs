using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Jobs;

/// <summary>
/// Reads provisioning jobs, starts, stops and restarts them:
/// https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob.
/// </summary>
public sealed class ProvisioningJobClient
{
    /// <summary>What "Restart provisioning" of the portal clears.</summary>
    public const RestartScope PortalScope = RestartScope.QuarantineState | RestartScope.Watermark | RestartScope.Escrows;

    private readonly GraphClient _graph;
    private readonly IProgress<RetryNotice>? _notices;
    private readonly TimeProvider _time;

    /// <summary>Creates a client.</summary>
    /// <param name="graph">Makes the calls.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    /// <param name="time">The clock of waits.</param>
    public ProvisioningJobClient(GraphClient graph, IProgress<RetryNotice>? notices, TimeProvider time)
    {
        _graph = graph;
        _notices = notices;
        _time = time;
    }

    /// <summary>The jobs of a service principal.</summary>
    /// <param name="servicePrincipalId">The object id; an app id is looked up after a 404.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InboundProvisioningException"><c>ServicePrincipalNotFound</c>, and those of the call.</exception>
    public async Task<IReadOnlyList<ProvisioningJob>> ListAsync(string servicePrincipalId, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAllAsync(servicePrincipalId, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphException fault) when (fault.ErrorId == "NotFound")
        {
            ServicePrincipal principal = await new ServicePrincipalLocator(_graph, _notices).FindAsync(servicePrincipalId, cancellationToken).ConfigureAwait(false);
            return await ReadAllAsync(principal.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One job.</summary>
    /// <param name="job">Which; its service principal may be an app id, which is looked up after a 404.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ProvisioningJob> GetAsync(ProvisioningJobAddress job, CancellationToken cancellationToken) =>
        new ProvisioningJobLocator(_graph).WithObjectIdAsync(job, found => ReadAsync(found, cancellationToken), _notices, cancellationToken);

    /// <summary>
    /// Starts a job that is paused or in quarantine: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-start.
    /// </summary>
    public Task StartAsync(ProvisioningJobAddress job, CancellationToken cancellationToken) => ActAsync(job, "start", "Starting", body: null, cancellationToken);

    /// <summary>
    /// Pauses a job; its progress and what is uploaded stay: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-pause.
    /// </summary>
    public Task PauseAsync(ProvisioningJobAddress job, CancellationToken cancellationToken) => ActAsync(job, "pause", "Pausing", body: null, cancellationToken);

    /// <summary>
    /// Restarts a job. What was uploaded and is not processed is purged with the watermark:
    /// https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-faqs#how-does-restart-provisioning-work.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="scope">What is cleared.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task RestartAsync(ProvisioningJobAddress job, RestartScope scope, CancellationToken cancellationToken) => ActAsync(
        job, "restart", "Restarting", "{\"criteria\":{\"resetScope\":\"" + Names(scope) + "\"}}", cancellationToken);

    /// <summary>Reads a job again and again until it is as wanted.</summary>
    /// <param name="job">The job.</param>
    /// <param name="until">Whether it is.</param>
    /// <param name="pause">The time between two readings.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="seen">Is told of each reading; or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The job as it was read last, and whether it is as wanted.</returns>
    public async Task<(ProvisioningJob Job, bool IsReached)> WaitAsync(
        ProvisioningJobAddress job,
        Func<ProvisioningJob, bool> until,
        TimeSpan pause,
        TimeSpan timeout,
        IProgress<ProvisioningJob>? seen,
        CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            ProvisioningJob read = await ReadAsync(job, cancellationToken).ConfigureAwait(false);
            seen?.Report(read);
            if (until(read))
            {
                return (read, true);
            }

            TimeSpan left = timeout - _time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return (read, false);
            }

            await _time.WaitAsync(left < pause ? left : pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A scope as the service spells it: its members, with <c>Full</c> for all that it stands for.</summary>
    public static string Names(RestartScope scope)
    {
        if ((scope & RestartScope.Full) == RestartScope.Full)
        {
            return (scope & RestartScope.ForceDeletes) == 0 ? "Full" : "Full, ForceDeletes";
        }

        return string.Join(", ", new[] { RestartScope.Watermark, RestartScope.Escrows, RestartScope.QuarantineState, RestartScope.ConnectorDataStore, RestartScope.ForceDeletes }
            .Where(member => (scope & member) != 0));
    }

    private async Task<IReadOnlyList<ProvisioningJob>> ReadAllAsync(string servicePrincipalId, CancellationToken cancellationToken)
    {
        var request = new GraphRequest(
            HttpMethod.Get,
            ProvisioningJobAddress.JobsPath(servicePrincipalId),
            $"Reading the jobs of service principal '{servicePrincipalId}'",
            GraphPermissions.ReadSynchronization,
            $"service principal '{servicePrincipalId}'");
        var jobs = new List<ProvisioningJob>();
        await foreach (GraphPage page in _graph.ReadPagesAsync(request, _notices, cancellationToken).ConfigureAwait(false))
        {
            jobs.AddRange(page.Items
                .Where(static item => ProvisioningJobReader.Text(item, "id") is not null)
                .Select(item => ProvisioningJobReader.Read(item, servicePrincipalId, ProvisioningJobReader.Text(item, "id")!, _graph.Endpoints)));
        }

        return jobs;
    }

    private async Task<ProvisioningJob> ReadAsync(ProvisioningJobAddress job, CancellationToken cancellationToken)
    {
        GraphResponse response = await _graph.SendAsync(
            new GraphRequest(HttpMethod.Get, job.Path, $"Reading {job}", GraphPermissions.ReadSynchronization, job.ToString()), _notices, cancellationToken).ConfigureAwait(false);
        using JsonDocument document = response.ReadJson();
        return ProvisioningJobReader.Read(document.RootElement, job.ServicePrincipalId, job.JobId, _graph.Endpoints);
    }

    private Task<GraphResponse> ActAsync(ProvisioningJobAddress job, string action, string doing, string? body, CancellationToken cancellationToken) => _graph.SendAsync(
        new GraphRequest(HttpMethod.Post, job.Path + "/" + action, $"{doing} {job}", GraphPermissions.WriteSynchronization, job.ToString())
        {
            Body = body is null ? null : Encoding.UTF8.GetBytes(body),
        },
        _notices,
        cancellationToken);
}
