using System;
using System.Globalization;
using System.Threading.Tasks;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// A refusal with Graph's error body: https://learn.microsoft.com/graph/errors
/// That page leaves most codes to the services; those used here are the ones seen in Microsoft's pages and in reports of users.
/// </summary>
internal sealed class GraphError(int status, string code, string message) : IResult
{
    private readonly TimeSpan? _retryAfter;

    private GraphError(int status, string code, string message, TimeSpan retryAfter)
        : this(status, code, message) => _retryAfter = retryAfter;

    public static GraphError BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>The text of https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-issues, then the fault.</summary>
    public static GraphError InvalidDataFormat(string fault) => BadRequest($"Invalid Data Format: {fault}");

    public static GraphError UnsupportedQuery(string message) => new(400, "Request_UnsupportedQuery", message);

    public static GraphError UnsupportedFilter(string property, string resource) =>
        UnsupportedQuery($"Unsupported or invalid query filter clause specified for property '{property}' of resource '{resource}'.");

    /// <summary>The code of the directory behind Graph, for what it refuses itself.</summary>
    public static GraphError RequestBadRequest(string message) => new(400, "Request_BadRequest", message);

    public static GraphError Conflict(string message) => new(409, "Conflict", message);

    public static GraphError Unauthenticated(string message) => new(401, "InvalidAuthenticationToken", message);

    public static GraphError Forbidden() =>
        new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphError NotFound(string resource) =>
        new(404, "Request_ResourceNotFound",
            $"Resource '{resource}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphError TooLarge(long limit) =>
        new(413, "RequestEntityTooLarge", $"The request size exceeds the maximum limit of {limit} bytes.");

    /// <param name="retryAfter">Rounded up to whole seconds: https://learn.microsoft.com/graph/throttling</param>
    public static GraphError TooManyRequests(TimeSpan retryAfter) =>
        new(429, "TooManyRequests", "Too many requests. Please try again later.", retryAfter);

    /// <summary>A refusal that a fault asked for, with the code that goes with its status.</summary>
    public static GraphError OnCommand(int status) => status switch
    {
        400 => BadRequest("Refused on command."),
        401 => Unauthenticated("Access token has expired or is not yet valid."),
        403 => Forbidden(),
        404 => NotFound("refused on command"),
        429 => new(429, "TooManyRequests", "Too many requests. Please try again later."),
        500 => new(500, "InternalServerError", "The server encountered an internal error."),
        502 => new(502, "BadGateway", "The gateway got no valid answer."),
        503 => new(503, "ServiceUnavailable", "The service is temporarily unavailable."),
        504 => new(504, "GatewayTimeout", "The gateway got no answer in time."),
        _ => new(status, "UnknownError", "Refused on command."),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        GraphRequestIds ids = GraphRequestIds.Of(httpContext);
        DateTimeOffset now = httpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        response.StatusCode = status;
        if (_retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsJsonAsync(
            new
            {
                error = new
                {
                    code,
                    message,
                    innerError = new GraphInnerError(
                        now.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), ids.RequestId, ids.ClientRequestId),
                },
            },
            options: null,
            "application/json",
            httpContext.RequestAborted);
    }
}
