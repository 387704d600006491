using System;
using System.Collections.Generic;
using System.Globalization;
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
/// https://learn.microsoft.com/graph/api/applicationtemplate-list, https://learn.microsoft.com/graph/api/applicationtemplate-get and
/// https://learn.microsoft.com/graph/api/applicationtemplate-instantiate
/// </summary>
internal sealed class ApplicationTemplateEndpoints(
    TenantApplications applications, FreshApplications fresh, ServicePrincipalJson json, GraphAuthorization authorization, TimeProvider clock)
{
    // "You can only filter by displayName or categories": https://learn.microsoft.com/graph/api/applicationtemplate-list#optional-query-parameters
    private static readonly (string Property, string Operator)[] Filters =
        [("displayName", "eq"), ("displayName", "contains"), ("displayName", "startswith")];

    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        version.MapGet("/applicationTemplates", (HttpContext context) => List(context, root))
            .Takes("$filter", "$skiptoken", "$top");
        version.MapGet("/applicationTemplates/{id}", (HttpContext context, string id) => Get(context, root, id));
        version.MapPost(
            "/applicationTemplates/{id}/instantiate", (HttpContext context, string id) => InstantiateAsync(context, root, id));

        // OData also writes a bound action with its namespace.
        version.MapPost(
            "/applicationTemplates/{id}/microsoft.graph.instantiate", (HttpContext context, string id) => InstantiateAsync(context, root, id));
    }

    private IResult List(HttpContext context, string root)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadApplicationTemplates) is { } refusal)
        {
            return refusal;
        }

        IEnumerable<JsonObject> found = GalleryTemplate.All.Select(ToJson);
        if (context.Request.Query["$filter"].ToString() is { Length: > 0 } text)
        {
            if (PropertyFilter.TryParse(text) is not { } filter || filter.Operations.Except(Filters).Any())
            {
                return GraphError.BadRequest($"Invalid filter clause: {text}");
            }

            found = found.Where(template => filter.Matches(property => template[property]?.ToString()));
        }

        return CollectionPage.Answer(context, $"{root}/$metadata#applicationTemplates", found);
    }

    private IResult Get(HttpContext context, string root, string id)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadApplicationTemplates) is { } refusal)
        {
            return refusal;
        }

        if (Find(id) is not { } template)
        {
            return GraphError.NotFound(id);
        }

        JsonObject body = ToJson(template);
        body.Insert(0, "@odata.context", $"{root}/$metadata#applicationTemplates/$entity");
        return GraphJson.Ok(context, body);
    }

    private async Task<IResult> InstantiateAsync(HttpContext context, string root, string id)
    {
        if (authorization.Refuse(context, DocumentedPermissions.InstantiateApplicationTemplate) is { } refusal)
        {
            return refusal;
        }

        if (Find(id) is not { } template)
        {
            return GraphError.NotFound(id);
        }

        (JsonElement body, GraphError? fault) = await RequestJson.ReadAsync(context);
        if (fault is not null)
        {
            return fault;
        }

        if (body.Text("displayName") is not { Length: > 0 } displayName)
        {
            return GraphError.BadRequest("A value is required for the parameter 'displayName'.");
        }

        var principal = new ServicePrincipal(Guid.NewGuid(), Guid.NewGuid(), displayName, template.Id);
        applications.Add(new EnterpriseApplication(principal));
        fresh.Add(principal.Id);
        return GraphJson.Created(context, new JsonObject
        {
            ["@odata.context"] = $"{root}/$metadata#microsoft.graph.applicationServicePrincipal",
            ["application"] = ServicePrincipalJson.ApplicationOf(principal, clock.GetUtcNow()),
            ["servicePrincipal"] = json.Of(principal),
        });
    }

    private static GalleryTemplate? Find(string id) =>
        Guid.TryParse(id, CultureInfo.InvariantCulture, out Guid templateId) ? GalleryTemplate.All.FirstOrDefault(template => template.Id == templateId) : null;

    private static JsonObject ToJson(GalleryTemplate template) => new()
    {
        ["id"] = template.Id.ToString(),
        ["displayName"] = template.DisplayName,
        ["homePageUrl"] = null,
        ["supportedSingleSignOnModes"] = new JsonArray("notSupported"),
        ["supportedProvisioningTypes"] = new JsonArray("sync"),
        ["logoUrl"] = null,
        ["categories"] = new JsonArray("humanResources"),
        ["publisher"] = "Microsoft Corporation",
        ["description"] = null,
        ["endpoints"] = new JsonArray(),
        ["deprecationDate"] = null,
        ["isEntraIntegrated"] = true,
        ["lastModifiedDateTime"] = null,
        ["riskFactors"] = null,
        ["riskScore"] = null,
    };
}
