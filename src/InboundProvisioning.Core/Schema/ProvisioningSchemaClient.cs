using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Schema;

/// <summary>
/// Reads and replaces the schema of a job. A PUT replaces it whole and has no condition (Microsoft documents no ETag), so it is
/// read again just before: https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-update.
/// </summary>
public sealed class ProvisioningSchemaClient
{
    private readonly GraphClient _graph;
    private readonly IProgress<RetryNotice>? _notices;

    /// <summary>Creates a client.</summary>
    /// <param name="graph">Makes the calls.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    public ProvisioningSchemaClient(GraphClient graph, IProgress<RetryNotice>? notices)
    {
        _graph = graph;
        _notices = notices;
    }

    /// <summary>Reads the schema of a job.</summary>
    /// <exception cref="GraphException">The call failed.</exception>
    /// <exception cref="InboundProvisioningException"><c>AnswerNotUnderstood</c>: the answer is no JSON object.</exception>
    public async Task<ProvisioningSchema> ReadAsync(ProvisioningJobAddress job, CancellationToken cancellationToken)
    {
        GraphResponse response = await _graph.SendAsync(
            new GraphRequest(HttpMethod.Get, SchemaPath(job), $"Reading the schema of {job}", GraphPermissions.ReadSynchronization, job.ToString()),
            _notices,
            cancellationToken).ConfigureAwait(false);
        try
        {
            return new ProvisioningSchema(response.Body);
        }
        catch (JsonException)
        {
            throw response.NotUnderstood("a schema that is no JSON object");
        }
    }

    /// <summary>Replaces the schema of a job, unless it is no longer the one that the change was worked out for.</summary>
    /// <param name="job">The job.</param>
    /// <param name="before">The schema as it was read.</param>
    /// <param name="after">The schema to send, without <c>@odata.context</c>.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="InboundProvisioningException"><c>SchemaChanged</c>: someone else has changed it meanwhile.</exception>
    /// <exception cref="GraphException">A call failed.</exception>
    public async Task ReplaceAsync(ProvisioningJobAddress job, ProvisioningSchema before, ProvisioningSchema after, CancellationToken cancellationToken)
    {
        ProvisioningSchema now = await ReadAsync(job, cancellationToken).ConfigureAwait(false);
        if (!now.IsSameAs(before))
        {
            throw new InboundProvisioningException(
                "SchemaChanged",
                FaultKind.Refused,
                $"The schema of {job} was changed by someone else while this change was prepared, so nothing was sent. Run the command again.",
                job);
        }

        await _graph.SendAsync(
            new GraphRequest(HttpMethod.Put, SchemaPath(job), $"Replacing the schema of {job}", GraphPermissions.WriteSynchronization, job.ToString())
            {
                Body = after.Text.WithoutContext(),
            },
            _notices,
            cancellationToken).ConfigureAwait(false);
    }

    private static string SchemaPath(ProvisioningJobAddress job) => job.Path + "/schema";
}
