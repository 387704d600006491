using System;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>The ids that tie an answer of the authority to the service's own records and to the client's.</summary>
internal sealed record TokenRequestIds(Guid TraceId, Guid CorrelationId, DateTimeOffset Time)
{
    /// <summary>Makes the ids of a request and puts them, with the headers against caching (RFC 6749 section 5.1), on its answer.</summary>
    public static TokenRequestIds Begin(HttpContext context)
    {
        bool given = Guid.TryParse(context.Request.Headers["client-request-id"], out Guid correlationId);
        TimeProvider clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var ids = new TokenRequestIds(Guid.NewGuid(), given ? correlationId : Guid.NewGuid(), clock.GetUtcNow());

        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-store, no-cache";
        headers.Pragma = "no-cache";
        headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        headers.XContentTypeOptions = "nosniff";
        headers["x-ms-request-id"] = ids.TraceId.ToString();
        if (given)
        {
            headers["client-request-id"] = ids.CorrelationId.ToString();
        }

        context.Features.Set(ids);
        return ids;
    }

    public static TokenRequestIds Of(HttpContext context) => context.Features.GetRequiredFeature<TokenRequestIds>();
}
