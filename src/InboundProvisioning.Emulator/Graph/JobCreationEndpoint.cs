using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Identity;
using InboundProvisioning.Emulator.Jobs;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// https://learn.microsoft.com/graph/api/synchronization-synchronization-post-jobs: the job is "created in a disabled state", and the template
/// "must match one of the templates created for this application/service principal".
/// </summary>
internal sealed class JobCreationEndpoint(TenantApplications applications, GraphAuthorization authorization, Tenant tenant)
{
    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root) => version.MapPost(
        "/servicePrincipals/{id}/synchronization/jobs", (HttpContext context, string id) => CreateAsync(context, root, id));

    private async Task<IResult> CreateAsync(HttpContext context, string root, string id)
    {
        if (authorization.Refuse(context, DocumentedPermissions.WriteSynchronization) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        (JsonElement body, GraphError? fault) = await RequestJson.ReadAsync(context);
        if (fault is not null)
        {
            return fault;
        }

        if (body.Text("templateId") is not { Length: > 0 } templateId)
        {
            return GraphError.BadRequest("A value is required for the property 'templateId'.");
        }

        if (SynchronizationTemplateEndpoints.Of(application)?.SynchronizationTemplateId is not { } known
            || !string.Equals(known, templateId, StringComparison.OrdinalIgnoreCase))
        {
            return GraphError.BadRequest($"The template '{templateId}' does not belong to this service principal.");
        }

        // What the service does here is not documented. One job is what the portal makes, so a second is refused.
        if (application.Jobs.Any(job => job.State.TemplateId == known))
        {
            return GraphError.Conflict($"A synchronization job of the template '{known}' exists for this service principal.");
        }

        ProvisioningJob job = ProvisioningJob.Create(known, tenant.Id);
        application.Add(job);
        JsonObject created = JsonSerializer.SerializeToNode(job.State, GraphJson.Options)!.AsObject();
        created.Insert(0, "@odata.context", $"{root}/$metadata#servicePrincipals('{application.Principal.Id}')/synchronization/jobs/$entity");
        return GraphJson.Created(context, created);
    }
}
