using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

using InboundProvisioning.Emulator.Applications;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// https://learn.microsoft.com/graph/api/serviceprincipal-list, https://learn.microsoft.com/graph/api/serviceprincipal-get and
/// https://learn.microsoft.com/graph/api/serviceprincipal-delete. Of the query options, <c>$expand</c> and <c>$search</c> are refused.
/// </summary>
internal sealed class ServicePrincipalEndpoints(TenantApplications applications, ServicePrincipalJson json, GraphAuthorization authorization)
{
    // https://learn.microsoft.com/graph/api/resources/serviceprincipal#properties says what $filter takes; these suffice here.
    private static readonly (string Property, string Operator)[] Filters =
    [
        ("id", "eq"), ("id", "in"),
        ("appId", "eq"), ("appId", "in"), ("appId", "startswith"),
        ("displayName", "eq"), ("displayName", "in"), ("displayName", "startswith"),
        ("applicationTemplateId", "eq"), ("applicationTemplateId", "startswith"),
        ("servicePrincipalType", "eq"),
    ];

    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        version.MapGet("/servicePrincipals", (HttpContext context) => List(context, root))
            .Takes("$count", "$filter", "$orderby", "$select", "$skiptoken", "$top");
        version.MapGet("/servicePrincipals/{id}", (HttpContext context, string id) => Get(context, root, id)).Takes("$select");
        version.MapDelete("/servicePrincipals/{id}", Delete);
    }

    private IResult List(HttpContext context, string root)
    {
        var selection = new PropertySelection(context.Request.Query["$select"]);
        if ((authorization.Refuse(context, DocumentedPermissions.ReadServicePrincipals)
            ?? RefuseSelection(selection) ?? RefuseAdvanced(context)) is { } refusal)
        {
            return refusal;
        }

        (IEnumerable<JsonObject> found, GraphError? fault) = PropertyFilter.Apply(
            context.Request.Query["$filter"], Filters, "ServicePrincipal", applications.All.Select(application => json.Of(application.Principal)));
        return fault ?? CollectionPage.Answer(
            context, $"{root}/$metadata#servicePrincipals{selection.ContextSuffix}", Ordered(context, found).Select(selection.Apply));
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

        JsonObject selected = selection.Apply(json.Of(principal));
        selected.Insert(0, "@odata.context", $"{root}/$metadata#servicePrincipals{selection.ContextSuffix}/$entity");
        return GraphJson.Ok(context, selected);
    }

    /// <summary>
    /// https://learn.microsoft.com/graph/aad-advanced-queries: a count, and an order beside a filter, want <c>ConsistencyLevel: eventual</c>
    /// and, for the second, the count.
    /// </summary>
    private static GraphError? RefuseAdvanced(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        bool eventual = string.Equals(context.Request.Headers["ConsistencyLevel"], "eventual", StringComparison.OrdinalIgnoreCase);
        bool counts = query["$count"] == "true";
        if (counts && !eventual)
        {
            return GraphError.RequestBadRequest("$count is not currently supported.");
        }

        if (query["$orderby"].ToString() is not { Length: > 0 } order)
        {
            return null;
        }

        if (order is not ("displayName" or "displayName asc" or "displayName desc"))
        {
            return GraphError.UnsupportedQuery($"Sorting by '{order}' is not supported for resource 'ServicePrincipal'.");
        }

        return query["$filter"].ToString().Length > 0 && !(eventual && counts)
            ? GraphError.UnsupportedQuery("Sorting not supported for current query.")
            : null;
    }

    private static IEnumerable<JsonObject> Ordered(HttpContext context, IEnumerable<JsonObject> found)
    {
        static string? Name(JsonObject principal) => principal["displayName"]?.ToString();
        return context.Request.Query["$orderby"].ToString() switch
        {
            "" => found,
            "displayName desc" => found.OrderByDescending(Name, StringComparer.OrdinalIgnoreCase),
            _ => found.OrderBy(Name, StringComparer.OrdinalIgnoreCase),
        };
    }

    private IResult Delete(HttpContext context, string id)
    {
        if (authorization.Refuse(context, DocumentedPermissions.DeleteServicePrincipal) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        if (application == applications.Graph)
        {
            return GraphError.Forbidden();
        }

        applications.Remove(application);
        return Results.NoContent();
    }

    private GraphError? RefuseSelection(PropertySelection selection) =>
        selection.Refuse(json.Of(applications.All[0].Principal), "servicePrincipal");
}
