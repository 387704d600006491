using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Emulator.Throttling;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-post-bulkupload</summary>
internal sealed class BulkUploadEndpoint(
    TenantApplications applications, GraphAuthorization authorization, UploadCalls calls, StagedUsers staged, LostAnswers lost, TimeProvider clock)
{
    /// <summary>The largest body taken, in bytes. Microsoft documents no figure for this call; Graph takes a few MB for most.</summary>
    public const int MaxBodyLength = 4 * 1024 * 1024;

    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root) =>
        version.MapPost(
            "/servicePrincipals/{id}/synchronization/jobs/{jobId}/bulkUpload",
            (HttpContext context, string id, string jobId) => AnswerAsync(context, root, id, jobId));

    private async Task<IResult> AnswerAsync(HttpContext context, string root, string id, string jobId)
    {
        TimeSpan? tooSoon = calls.Arrive();
        if (await RefuseAsync(context, id, jobId, tooSoon) is { } refusal)
        {
            calls.Refused();
            return refusal;
        }

        // The job's provisioning logs, written as in the reference page's example.
        context.Response.Headers.Location = $"{root}/auditLogs/provisioning/?$filter=jobid%20eq%20'{jobId}'";
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private async Task<GraphError?> RefuseAsync(HttpContext context, string id, string jobId, TimeSpan? tooSoon)
    {
        if (authorization.Refuse(context, DocumentedPermissions.BulkUpload) is { } refusal)
        {
            return refusal;
        }

        if (tooSoon is { } wait)
        {
            return GraphError.TooManyRequests(wait);
        }

        if (applications.Find(id) is not { } application)
        {
            return GraphError.NotFound(id);
        }

        if (application.Job(jobId) is not { } job)
        {
            return GraphError.NotFound(jobId);
        }

        if (!IsScimJson(context.Request.ContentType))
        {
            return GraphError.InvalidDataFormat("the header Content-Type must be application/scim+json.");
        }

        if (await ReadBodyAsync(context) is not { } body)
        {
            return GraphError.TooLarge(MaxBodyLength);
        }

        (IReadOnlyList<JsonElement> users, string? fault) = BulkRequest.Read(body);
        if (fault is not null)
        {
            return GraphError.InvalidDataFormat(fault);
        }

        string sha256 = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        GraphRequestIds ids = GraphRequestIds.Of(context);
        AcceptedUpload upload = staged.Add(
            users,
            job.Pending,
            number => new AcceptedUpload(number, clock.GetUtcNow(), ids.RequestId, ids.ClientRequestId, job.Id, users.Count, sha256));
        calls.Accepted(users.Count);
        lost.Observe(context, upload, users);
        return null;
    }

    private static bool IsScimJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, "application/scim+json", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The body, or null when it is larger than the limit.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context)
    {
        // The server's own limit would end the connection without Graph's error body.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        if (context.Request.ContentLength > MaxBodyLength)
        {
            return null;
        }

        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(65_536);
        try
        {
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                if (body.Length + read > MaxBodyLength)
                {
                    return null;
                }

                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return body.ToArray();
    }
}
