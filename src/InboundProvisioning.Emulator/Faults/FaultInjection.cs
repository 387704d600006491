using System;
using System.IO;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Graph;
using InboundProvisioning.Emulator.MachineIdentity;
using InboundProvisioning.Emulator.Staging;
using InboundProvisioning.Emulator.Throttling;
using InboundProvisioning.Emulator.Tokens;

using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace InboundProvisioning.Emulator.Faults;

/// <summary>Stands before the endpoints and strikes the calls that a fault waits for.</summary>
internal sealed class FaultInjection(
    FaultList faults, RevokedTokens revoked, UploadCalls calls, LostAnswers lost, TimeProvider clock)
{
    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        string? token = GraphAuthorization.BearerToken(context.Request);
        string url = context.Request.GetEncodedPathAndQuery();
        return faults.Strike(url, token is not null) switch
        {
            null => next(context),
            { Status: { } status, Action: null } fault => RefuseAsync(context, status, fault.RetryAfter),
            { Action: FaultAction.Reset } => Reset(context),
            { Action: FaultAction.ResetAfterAccept } => LoseAsync(context, next, keep: 0),
            { Action: FaultAction.Truncate } => LoseAsync(context, next, keep: 0.5),
            { Action: FaultAction.Slow, DelayMs: { } milliseconds } => Delay(context, next, TimeSpan.FromMilliseconds(milliseconds)),
            { Action: FaultAction.ExpireToken } => Expire(context, next, token!),
            { Action: FaultAction.Redirect } fault => Redirect(context, fault),
            { } fault => throw new InvalidOperationException($"Nothing is known of {fault}."),
        };
    }

    private Task RefuseAsync(HttpContext context, int status, string? retryAfter)
    {
        CountAsRefused(context);
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        if (context.Request.Path.StartsWithSegments("/v1.0") || context.Request.Path.StartsWithSegments("/beta"))
        {
            GraphRequestIds.Begin(context);
            return GraphError.OnCommand(status).ExecuteAsync(context);
        }

        if (ManagedIdentityEndpoints.IsFor(context.Request.Path))
        {
            return ManagedIdentityError.OnCommand(context.Request.Path, status).ExecuteAsync(context);
        }

        TokenRequestIds.Begin(context);
        return TokenError.OnCommand(status).ExecuteAsync(context);
    }

    private Task Redirect(HttpContext context, Fault fault)
    {
        CountAsRefused(context);
        context.Response.StatusCode = fault.Status ?? StatusCodes.Status302Found;
        context.Response.Headers.Location = fault.Location;
        return Task.CompletedTask;
    }

    private Task Reset(HttpContext context)
    {
        CountAsRefused(context);
        Abort(context);
        return Task.CompletedTask;
    }

    private Task Delay(HttpContext context, RequestDelegate next, TimeSpan delay)
    {
        context.Response.OnStarting(() => Task.Delay(delay, clock, context.RequestAborted));
        return next(context);
    }

    private Task Expire(HttpContext context, RequestDelegate next, string token)
    {
        revoked.Add(token);
        return next(context);
    }

    /// <summary>Does the work, then sends a part of the answer's body, or not even the header, and drops the connection.</summary>
    private async Task LoseAsync(HttpContext context, RequestDelegate next, double keep)
    {
        Stream wire = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }

        // Before the client can notice, so that whoever compares both sides then finds it here.
        lost.Drop(context);
        if (keep > 0 && body.Length > 0)
        {
            context.Response.ContentLength = body.Length;
            await wire.WriteAsync(body.GetBuffer().AsMemory(0, (int)(body.Length * keep)), context.RequestAborted);

            // An answer that ends before its announced length makes the server close the connection, once the part has gone out.
            return;
        }

        Abort(context);
    }

    /// <summary>A lost upload still counts against the limits, as every call does.</summary>
    private void CountAsRefused(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method)
            && context.Request.Path.Value!.EndsWith("/bulkUpload", StringComparison.OrdinalIgnoreCase))
        {
            calls.Arrive();
            calls.Refused();
        }
    }

    private static void Abort(HttpContext context)
    {
        // Closing at once sends a TCP reset; aborting the request alone would end the stream in an orderly way.
        context.Features.Get<IConnectionSocketFeature>()?.Socket.Close(0);
        context.Abort();
    }
}
