using System.Collections.Generic;
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
    private static readonly (string Property, string Operator)[] Filters = [("id", "eq"), ("templateId", "eq")];
    private static readonly JsonObject Example = ToJson(new SynchronizationJob("", ""));

    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        version.MapGet("/servicePrincipals/{id}/synchronization/jobs", (HttpContext context, string id) => List(context, root, id))
            .Takes("$filter", "$select", "$skiptoken", "$top");
        version.MapGet(
            "/servicePrincipals/{id}/synchronization/jobs/{jobId}",
            (HttpContext context, string id, string jobId) => Get(context, root, id, jobId)).Takes("$select");
    }

    private IResult List(HttpContext context, string root, string id)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadSynchronization) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        var selection = new PropertySelection(context.Request.Query["$select"]);
        (IEnumerable<JsonObject> found, GraphError? fault) = PropertyFilter.Apply(
            context.Request.Query["$filter"], Filters, "SynchronizationJob", application.Jobs.Select(ToJson));
        return selection.Refuse(Example, "synchronizationJob") ?? fault
            ?? CollectionPage.Answer(context, $"{Metadata(root, application.Principal)}{selection.ContextSuffix}", found.Select(selection.Apply));
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

        var selection = new PropertySelection(context.Request.Query["$select"]);
        if (selection.Refuse(Example, "synchronizationJob") is { } fault)
        {
            return fault;
        }

        JsonObject body = selection.Apply(ToJson(job));
        body.Insert(0, "@odata.context", $"{Metadata(root, application.Principal)}{selection.ContextSuffix}/$entity");
        return GraphJson.Ok(context, body);
    }

    private static string Metadata(string root, ServicePrincipal principal) =>
        $"{root}/$metadata#servicePrincipals('{principal.Id}')/synchronization/jobs";

    private static JsonObject ToJson(ProvisioningJob job) => ToJson(job.State);

    private static JsonObject ToJson(SynchronizationJob job) => JsonSerializer.SerializeToNode(job, GraphJson.Options)!.AsObject();
}
