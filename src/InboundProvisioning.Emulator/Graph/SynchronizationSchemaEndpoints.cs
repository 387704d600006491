using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Jobs;
using InboundProvisioning.Emulator.Schema;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-get and
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-update: PUT "fully replaces the current schema".
/// </summary>
internal sealed class SynchronizationSchemaEndpoints(TenantApplications applications, GraphAuthorization authorization)
{
    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        const string Schema = "/servicePrincipals/{id}/synchronization/jobs/{jobId}/schema";
        version.MapGet(Schema, (HttpContext context, string id, string jobId) => Get(context, root, id, jobId));
        version.MapPut(Schema, (HttpContext context, string id, string jobId) => WriteAsync(context, id, jobId, whole: true));
        version.MapPatch(Schema, (HttpContext context, string id, string jobId) => WriteAsync(context, id, jobId, whole: false));
    }

    private IResult Get(HttpContext context, string root, string id, string jobId)
    {
        (ProvisioningJob? job, GraphError? refusal) = Find(context, DocumentedPermissions.ReadSynchronization, id, jobId);
        return job is null
            ? refusal!
            : GraphJson.Raw(context, job.Schema.ToJson($"{root}/$metadata#servicePrincipals('{id}')/synchronization/jobs('{job.Id}')/schema/$entity"));
    }

    /// <param name="context">The call.</param>
    /// <param name="id">The service principal.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="whole">Whether the body is all of the schema; else what it does not name stays, as PATCH has it in OData.</param>
    private async Task<IResult> WriteAsync(HttpContext context, string id, string jobId, bool whole)
    {
        (ProvisioningJob? job, GraphError? refusal) = Find(context, DocumentedPermissions.WriteSynchronization, id, jobId);
        if (job is null)
        {
            return refusal!;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        JsonElement schema;
        try
        {
            schema = JsonElement.Parse(body.ToArray());
        }
        catch (JsonException fault)
        {
            return GraphError.BadRequest($"The body is not JSON: {fault.Message}");
        }

        if (!whole && schema.ValueKind == JsonValueKind.Object)
        {
            schema = job.Schema.With(schema);
        }

        if (SchemaCheck.FaultOf(schema) is { } wrong)
        {
            return GraphError.BadRequest(wrong);
        }

        job.Schema.Replace(schema);
        return Results.NoContent();
    }

    private (ProvisioningJob? Job, GraphError? Refusal) Find(HttpContext context, CallPermissions permissions, string id, string jobId)
    {
        if (authorization.Refuse(context, permissions) is { } refusal)
        {
            return (null, refusal);
        }

        if (applications.Find(id) is not { } application)
        {
            return (null, GraphError.NotFound(id));
        }

        return application.Job(jobId) is { } job ? (job, null) : (null, GraphError.NotFound(jobId));
    }
}
