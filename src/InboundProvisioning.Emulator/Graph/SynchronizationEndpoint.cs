using System.Text.Json.Nodes;

using InboundProvisioning.Emulator.Applications;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// The entity that jobs, templates and secrets belong to: https://learn.microsoft.com/graph/api/resources/synchronization-synchronization
/// It has no page of its own to read it; the metadata and the SDKs have the call.
/// </summary>
internal sealed class SynchronizationEndpoint(TenantApplications applications, GraphAuthorization authorization)
{
    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root) =>
        version.MapGet("/servicePrincipals/{id}/synchronization", (HttpContext context, string id) => Get(context, root, id));

    private IResult Get(HttpContext context, string root, string id)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadSynchronization) is { } refusal)
        {
            return refusal;
        }

        return applications.Find(id) is not { } application
            ? GraphError.NotFound(id)
            : GraphJson.Ok(context, new JsonObject
            {
                ["@odata.context"] = $"{root}/$metadata#servicePrincipals('{application.Principal.Id}')/synchronization/$entity",
                ["id"] = application.Principal.Id.ToString(),
                ["secrets"] = SynchronizationSecrets.ToJson(application.Secrets),
            });
    }
}
