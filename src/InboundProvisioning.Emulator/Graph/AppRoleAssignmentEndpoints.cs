using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// The application permissions of service principals, from the side of the client and from that of the resource:
/// https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments (list, delete) and
/// https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto. The messages are those that users of the service report.
/// </summary>
internal sealed class AppRoleAssignmentEndpoints(TenantApplications applications, GraphAuthorization authorization, TimeProvider clock)
{
    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        const string OfClient = "/servicePrincipals/{id}/appRoleAssignments";
        const string OfResource = "/servicePrincipals/{id}/appRoleAssignedTo";
        version.MapGet(OfClient, (HttpContext context, string id) => List(context, root, id, "appRoleAssignments")).Takes("$skiptoken", "$top");
        version.MapGet(OfResource, (HttpContext context, string id) => List(context, root, id, "appRoleAssignedTo")).Takes("$skiptoken", "$top");
        foreach (string side in (string[])["appRoleAssignments", "appRoleAssignedTo"])
        {
            version.MapGet(
                $"/servicePrincipals/{{id}}/{side}/{{assignmentId}}",
                (HttpContext context, string id, string assignmentId) => Get(context, root, id, side, assignmentId));
            version.MapDelete(
                $"/servicePrincipals/{{id}}/{side}/{{assignmentId}}",
                (HttpContext context, string id, string assignmentId) => Revoke(context, id, side, assignmentId));
        }

        version.MapPost(OfClient, (HttpContext context, string id) => GrantAsync(context, root, id, "appRoleAssignments"));
        version.MapPost(OfResource, (HttpContext context, string id) => GrantAsync(context, root, id, "appRoleAssignedTo"));
    }

    private IResult List(HttpContext context, string root, string id, string side)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadAppRoleAssignments) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        return CollectionPage.Answer(
            context,
            Metadata(root, application, side),
            On(side, application).Select(ToJson));
    }

    private IResult Get(HttpContext context, string root, string id, string side, string assignmentId)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadAppRoleAssignments) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        if (On(side, application).FirstOrDefault(given => given.Id == assignmentId) is not { } assignment)
        {
            return GraphError.NotFound(assignmentId);
        }

        JsonObject body = ToJson(assignment);
        body.Insert(0, "@odata.context", $"{Metadata(root, application, side)}/$entity");
        return GraphJson.Ok(context, body);
    }

    /// <summary>The assignments that an application was given, or those that it gives.</summary>
    private IEnumerable<AppRoleAssignment> On(string side, EnterpriseApplication application) => side == "appRoleAssignments"
        ? application.AppRoleAssignments
        : applications.All.SelectMany(client => client.AppRoleAssignments).Where(given => given.ResourceId == application.Principal.Id);

    private async Task<IResult> GrantAsync(HttpContext context, string root, string id, string side)
    {
        if (authorization.Refuse(context, DocumentedPermissions.GrantAppRole) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } addressed)
        {
            return GraphError.NotFound(id);
        }

        (JsonElement body, GraphError? fault) = await RequestJson.ReadAsync(context);
        if (fault is not null)
        {
            return fault;
        }

        if (!Guid.TryParse(body.Text("principalId"), out Guid principalId)
            || !Guid.TryParse(body.Text("resourceId"), out Guid resourceId)
            || !Guid.TryParse(body.Text("appRoleId"), out Guid appRoleId))
        {
            return GraphError.RequestBadRequest("One or more properties are invalid.");
        }

        if (addressed.Principal.Id != (side == "appRoleAssignments" ? principalId : resourceId))
        {
            return GraphError.RequestBadRequest("Not a valid reference update.");
        }

        if (applications.Find(principalId.ToString()) is not { } principal)
        {
            return GraphError.NotFound(principalId.ToString());
        }

        if (applications.Find(resourceId.ToString()) is not { } resource)
        {
            return GraphError.NotFound(resourceId.ToString());
        }

        if (resource.Principal.AppRoles.FirstOrDefault(role => role.Id == appRoleId) is not { } appRole)
        {
            return GraphError.RequestBadRequest($"Permission being assigned was not found on application '{resource.Principal.AppId}'.");
        }

        AppRoleAssignment assignment = TenantApplications.NewAssignment(principal.Principal, resource.Principal, appRole, clock.GetUtcNow());
        if (!principal.Assign(assignment))
        {
            return GraphError.RequestBadRequest("Permission being assigned already exists on the object");
        }

        JsonObject created = ToJson(assignment);
        created.Insert(0, "@odata.context", $"{Metadata(root, addressed, side)}/$entity");
        return GraphJson.Created(context, created);
    }

    private IResult Revoke(HttpContext context, string id, string side, string assignmentId)
    {
        if (authorization.Refuse(context, DocumentedPermissions.RevokeAppRole) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        return On(side, application).FirstOrDefault(given => given.Id == assignmentId) is { } assignment
            && applications.Find(assignment.PrincipalId.ToString())?.Unassign(assignmentId) == true
                ? Results.NoContent()
                : GraphError.NotFound(assignmentId);
    }

    private static string Metadata(string root, EnterpriseApplication application, string side) =>
        $"{root}/$metadata#servicePrincipals('{application.Principal.Id}')/{side}";

    /// <summary>https://learn.microsoft.com/graph/api/resources/approleassignment#json-representation</summary>
    private static JsonObject ToJson(AppRoleAssignment assignment)
    {
        JsonObject json = JsonSerializer.SerializeToNode(assignment, GraphJson.Options)!.AsObject();
        json.Insert(1, "deletedDateTime", null);
        return json;
    }
}
