using System;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>The ids that Graph puts on every answer: https://learn.microsoft.com/graph/use-the-api#request-and-response-headers</summary>
internal sealed record GraphRequestIds(string RequestId, string ClientRequestId)
{
    public static void Begin(HttpContext context)
    {
        string requestId = Guid.NewGuid().ToString();
        string? given = context.Request.Headers["client-request-id"];
        var ids = new GraphRequestIds(requestId, string.IsNullOrEmpty(given) ? requestId : given);

        IHeaderDictionary headers = context.Response.Headers;
        headers["request-id"] = ids.RequestId;
        headers["client-request-id"] = ids.ClientRequestId;
        headers.StrictTransportSecurity = "max-age=31536000";
        headers.CacheControl = "no-cache";
        context.Features.Set(ids);
    }

    public static GraphRequestIds Of(HttpContext context) => context.Features.GetRequiredFeature<GraphRequestIds>();
}
