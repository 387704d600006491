using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Jobs;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// https://learn.microsoft.com/graph/api/synchronization-serviceprincipal-put-synchronization, and the same read. A value that is a credential
/// comes back as an asterisk.
/// </summary>
internal sealed class SynchronizationSecretEndpoints(TenantApplications applications, GraphAuthorization authorization)
{
    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        const string Secrets = "/servicePrincipals/{id}/synchronization/secrets";
        version.MapGet(Secrets, (HttpContext context, string id) => Get(context, root, id));
        version.MapPut(Secrets, PutAsync);
    }

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
                ["@odata.context"] = $"{root}/$metadata#servicePrincipals('{application.Principal.Id}')/synchronization/secrets",
                ["value"] = SynchronizationSecrets.ToJson(application.Secrets),
            });
    }

    private async Task<IResult> PutAsync(HttpContext context, string id)
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

        (IReadOnlyList<KeyValuePair<string, string?>> secrets, string? wrong) = SynchronizationSecrets.Read(body);
        if (wrong is not null)
        {
            return GraphError.BadRequest(wrong);
        }

        // The page calls it "Add synchronization secrets" and the method is PUT. It is taken at the method's word: whoever leaves the notification
        // settings out has no email and no threshold any more.
        application.ReplaceSecrets(secrets);
        string? threshold = application.DeleteThreshold?.ToString(CultureInfo.InvariantCulture);
        foreach (ProvisioningJob job in application.Jobs)
        {
            // The job shows the threshold as a setting of its own:
            // https://learn.microsoft.com/entra/identity/app-provisioning/accidental-deletions
            job.Change(state => state with
            {
                SynchronizationJobSettings = threshold is null ? [] : [new("QuarantineTooManyDeletesThreshold", threshold)],
            });
        }

        return Results.NoContent();
    }
}
