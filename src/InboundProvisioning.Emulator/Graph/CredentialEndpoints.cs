using System.Text.Json;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-validatecredentials, for a job and for one that is still to be made.
/// The targets of API-driven jobs need no credentials, so that all that are well formed are valid.
/// </summary>
internal sealed class CredentialEndpoints(TenantApplications applications, GraphAuthorization authorization)
{
    /// <param name="version">The routes of one version of Graph.</param>
    public void Map(IEndpointRouteBuilder version)
    {
        const string Jobs = "/servicePrincipals/{id}/synchronization/jobs";
        version.MapPost($"{Jobs}/validateCredentials", (HttpContext context, string id) => AnswerAsync(context, id, null));
        version.MapPost(
            $"{Jobs}/{{jobId}}/validateCredentials", (HttpContext context, string id, string jobId) => AnswerAsync(context, id, jobId));
    }

    private async Task<IResult> AnswerAsync(HttpContext context, string id, string? jobId)
    {
        if (authorization.Refuse(context, DocumentedPermissions.WriteSynchronization) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        if (jobId is not null && application.Job(jobId) is null)
        {
            return GraphError.NotFound(jobId);
        }

        (JsonElement body, GraphError? fault) = await RequestJson.ReadAsync(context);
        if (fault is not null)
        {
            return fault;
        }

        if (jobId is null && body.Text("templateId") is { } templateId && SynchronizationTemplateEndpoints.Find(application, templateId) is null)
        {
            return GraphError.BadRequest($"The template '{templateId}' does not belong to this service principal.");
        }

        bool saved = body.TryGetProperty("useSavedCredentials", out JsonElement use) && use.ValueKind == JsonValueKind.True;
        return !saved && SynchronizationSecrets.Read(body, "credentials").Fault is { } wrong ? GraphError.BadRequest(wrong) : Results.NoContent();
    }
}
