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
/// https://learn.microsoft.com/graph/api/serviceprincipal-list and https://learn.microsoft.com/graph/api/serviceprincipal-get,
/// with <c>$filter</c>, <c>$select</c> and paging.
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

        IEnumerable<JsonObject> found = applications.All.Select(application => json.Of(application.Principal));
        if (context.Request.Query["$filter"].ToString() is { Length: > 0 } text)
        {
            if (PropertyFilter.TryParse(text) is not { } filter)
            {
                return GraphError.BadRequest($"Invalid filter clause: {text}");
            }

            if (filter.Operations.Except(Filters).Select(operation => operation.Property).FirstOrDefault() is { } property)
            {
                return GraphError.UnsupportedFilter(property, "ServicePrincipal");
            }

            found = found.Where(principal => filter.Matches(property => principal[property]?.ToString()));
        }

        return CollectionPage.Answer(
            context, $"{root}/$metadata#servicePrincipals{selection.ContextSuffix}", found.Select(selection.Apply));
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

    private GraphError? RefuseSelection(PropertySelection selection) =>
        selection.UnknownIn(json.Of(applications.All[0].Principal)) is { } unknown
            ? GraphError.BadRequest(
                $"Parsing OData Select and Expand failed: Could not find a property named '{unknown}' on type 'microsoft.graph.servicePrincipal'.")
            : null;
}
