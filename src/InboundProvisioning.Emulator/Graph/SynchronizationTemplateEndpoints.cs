using System;
using System.Linq;
using System.Text.Json.Nodes;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Schema;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// https://learn.microsoft.com/graph/api/synchronization-synchronization-list-templates and
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationtemplate-get
/// </summary>
internal sealed class SynchronizationTemplateEndpoints(TenantApplications applications, GraphAuthorization authorization)
{
    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        const string Templates = "/servicePrincipals/{id}/synchronization/templates";
        version.MapGet(Templates, (HttpContext context, string id) => List(context, root, id))
            .Takes("$skiptoken", "$top");
        version.MapGet($"{Templates}/{{templateId}}", (HttpContext context, string id, string templateId) => Get(
            context,
            id,
            templateId,
            (application, template) => (ToJson(template), $"{Metadata(root, application)}/$entity")));
        version.MapGet($"{Templates}/{{templateId}}/schema", (HttpContext context, string id, string templateId) => Get(
            context,
            id,
            templateId,
            (application, template) => (
                Schema(template.SynchronizationTemplateId), $"{Metadata(root, application)}('{template.SynchronizationTemplateId}')/schema/$entity")));
    }

    /// <summary>The template of an application with an id.</summary>
    public static GalleryTemplate? Find(EnterpriseApplication application, string templateId) =>
        Of(application) is { } template && string.Equals(template.SynchronizationTemplateId, templateId, StringComparison.OrdinalIgnoreCase)
            ? template
            : null;

    /// <summary>The one template of an application's jobs; null for applications that provision nothing.</summary>
    public static GalleryTemplate? Of(EnterpriseApplication application) =>
        GalleryTemplate.All.FirstOrDefault(template => template.Id == application.Principal.ApplicationTemplateId);

    private IResult List(HttpContext context, string root, string id)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadSynchronization) is { } refusal)
        {
            return refusal;
        }

        return applications.Find(id) is not { } application
            ? GraphError.NotFound(id)
            : CollectionPage.Answer(context, Metadata(root, application), Of(application) is { } template ? [ToJson(template)] : []);
    }

    private IResult Get(
        HttpContext context,
        string id,
        string templateId,
        Func<EnterpriseApplication, GalleryTemplate, (JsonObject Body, string Metadata)> read)
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadSynchronization) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        if (Find(application, templateId) is not { } template)
        {
            return GraphError.NotFound(templateId);
        }

        (JsonObject body, string metadata) = read(application, template);
        body.Insert(0, "@odata.context", metadata);
        return GraphJson.Ok(context, body);
    }

    private static string Metadata(string root, EnterpriseApplication application) =>
        $"{root}/$metadata#servicePrincipals('{application.Principal.Id}')/synchronization/templates";

    private static JsonObject ToJson(GalleryTemplate template) => new()
    {
        ["id"] = template.SynchronizationTemplateId,
        ["applicationId"] = template.Id.ToString(),
        ["default"] = true,
        ["description"] = template.DisplayName,
        ["discoverable"] = true,
        ["factoryTag"] = template.SynchronizationTemplateId,
        ["metadata"] = new JsonArray(),
        ["schema"] = Schema(template.SynchronizationTemplateId),
    };

    /// <summary>The schema that a job of this template starts with.</summary>
    private static JsonObject Schema(string templateId)
    {
        JsonObject schema = DefaultSchema.For(templateId);
        schema.Insert(0, "id", templateId);
        schema.Insert(1, "version", "1");
        return schema;
    }
}
