using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Jobs;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// https://learn.microsoft.com/graph/api/synchronization-synchronization-list-jobs and
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-get
/// </summary>
internal sealed class SynchronizationJobEndpoints(TenantApplications applications, GraphAuthorization authorization)
{
    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        version.MapGet("/servicePrincipals/{id}/synchronization/jobs", (HttpContext context, string id) => List(context, root, id));
        version.MapGet(
            "/servicePrincipals/{id}/synchronization/jobs/{jobId}",
            (HttpContext context, string id, string jobId) => Get(context, root, id, jobId));
    }

    private IResult List(HttpContext context, string root, string id)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadSynchronization) is { } refusal)
        {
            return refusal;
        }

        return applications.Find(id) is not { } application
            ? GraphError.NotFound(id)
            : CollectionPage.Answer(context, Metadata(root, application.Principal), application.Jobs.Select(ToJson));
    }

    private IResult Get(HttpContext context, string root, string id, string jobId)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadSynchronization) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        if (application.Job(jobId) is not { } job)
        {
            return GraphError.NotFound(jobId);
        }

        JsonObject body = ToJson(job);
        body.Insert(0, "@odata.context", $"{Metadata(root, application.Principal)}/$entity");
        return GraphJson.Ok(context, body);
    }

    private static string Metadata(string root, ServicePrincipal principal) =>
        $"{root}/$metadata#servicePrincipals('{principal.Id}')/synchronization/jobs";

    private static JsonObject ToJson(ProvisioningJob job) => JsonSerializer.SerializeToNode(job.State, GraphJson.Options)!.AsObject();
}
