using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

using InboundProvisioning.Emulator.Applications;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// https://learn.microsoft.com/graph/api/serviceprincipal-list and https://learn.microsoft.com/graph/api/serviceprincipal-get,
/// with <c>$filter</c> by equality and <c>$select</c>.
/// </summary>
internal sealed class ServicePrincipalEndpoints(TenantApplications applications, GraphAuthorization authorization)
{
    // https://learn.microsoft.com/graph/api/resources/serviceprincipal#properties marks what $filter takes; these suffice here.
    private static readonly string[] FilterProperties = ["id", "appId", "displayName"];

    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        version.MapGet("/servicePrincipals", (HttpContext context) => List(context, root));
        version.MapGet("/servicePrincipals/{id}", (HttpContext context, string id) => Get(context, root, id));
    }

    private IResult List(HttpContext context, string root)
    {
        var selection = new PropertySelection(context.Request.Query["$select"]);
        if ((authorization.Refuse(context, DocumentedPermissions.ReadServicePrincipals) ?? RefuseSelection(selection)) is { } refusal)
        {
            return refusal;
        }

        IEnumerable<JsonObject> found = applications.All.Select(application => ToJson(application.Principal));
        if (context.Request.Query["$filter"].ToString() is { Length: > 0 } text)
        {
            if (EqualityFilter.TryParse(text) is not { } filter)
            {
                return GraphError.BadRequest($"Invalid filter clause: {text}");
            }

            if (filter.Properties.Except(FilterProperties).FirstOrDefault() is { } property)
            {
                return GraphError.UnsupportedFilter(property, "ServicePrincipal");
            }

            found = found.Where(principal => filter.Matches(property => principal[property]?.ToString()));
        }

        return GraphJson.Ok(context, new JsonObject
        {
            ["@odata.context"] = $"{root}/$metadata#servicePrincipals{selection.ContextSuffix}",
            ["value"] = new JsonArray([.. found.Select(selection.Apply)]),
        });
    }

    private IResult Get(HttpContext context, string root, string id)
    {
        var selection = new PropertySelection(context.Request.Query["$select"]);
        if ((authorization.Refuse(context, DocumentedPermissions.ReadServicePrincipals) ?? RefuseSelection(selection)) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { Principal: { } principal })
        {
            return GraphError.NotFound(id);
        }

        JsonObject selected = selection.Apply(ToJson(principal));
        selected.Insert(0, "@odata.context", $"{root}/$metadata#servicePrincipals{selection.ContextSuffix}/$entity");
        return GraphJson.Ok(context, selected);
    }

    private GraphError? RefuseSelection(PropertySelection selection) =>
        selection.UnknownIn(ToJson(applications.All[0].Principal)) is { } unknown
            ? GraphError.BadRequest(
                $"Parsing OData Select and Expand failed: Could not find a property named '{unknown}' on type 'microsoft.graph.servicePrincipal'.")
            : null;

    private static JsonObject ToJson(ServicePrincipal principal) =>
        JsonSerializer.SerializeToNode(principal, GraphJson.Options)!.AsObject();
}
