using System;
using System.IO;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Jobs;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-start,
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-pause and
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-restart
/// </summary>
internal sealed class JobControlEndpoints(TenantApplications applications, GraphAuthorization authorization, TimeProvider clock)
{
    /// <param name="version">The routes of one version of Graph.</param>
    public void Map(IEndpointRouteBuilder version)
    {
        const string Job = "/servicePrincipals/{id}/synchronization/jobs/{jobId}";
        version.MapPost($"{Job}/start", (HttpContext context, string id, string jobId) => Answer(
            context, id, jobId, (application, job) => job.Start(clock.GetUtcNow(), application.HasNotificationEmail)));
        version.MapPost($"{Job}/pause", (HttpContext context, string id, string jobId) => Answer(context, id, jobId, (_, job) => job.Pause()));
        version.MapPost($"{Job}/restart", RestartAsync);
    }

    private async Task<IResult> RestartAsync(HttpContext context, string id, string jobId)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        (RestartScope scope, string? fault) = RestartCriteria.Read(body.ToArray());
        return Answer(
            context,
            id,
            jobId,
            (application, job) => job.Restart(scope, clock.GetUtcNow(), application.HasNotificationEmail),
            fault is null ? null : GraphError.BadRequest(fault));
    }

    private IResult Answer(
        HttpContext context, string id, string jobId, Action<EnterpriseApplication, ProvisioningJob> act, GraphError? badRequest = null)
    {
        if (authorization.Refuse(context, DocumentedPermissions.WriteSynchronization) is { } refusal)
        {
            return refusal;
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        if (application.Job(jobId) is not { } job)
        {
            return GraphError.NotFound(jobId);
        }

        if (badRequest is not null)
        {
            return badRequest;
        }

        act(application, job);
        return Results.NoContent();
    }
}
