using System;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using InboundProvisioning.Http;

namespace InboundProvisioning.Graph;

/// <summary>Says what an answer that is an error means for the call, and what to do.</summary>
internal static class GraphFault
{
    // Graph's own codes and ids are far shorter, and its words hardly longer.
    private const int CodeLength = 100;
    private const int MessageLength = 1000;

    private const string NotOfService = "AnswerNotOfService";

    /// <summary>Whether an answer has none of what each answer of Graph has, its errors at least.</summary>
    public static bool IsForeign(GraphResponse response) => response.RequestId is null && GraphError.TryRead(response.Body) is null;

    public static GraphException From(GraphRequest request, GraphResponse response)
    {
        GraphError? error = GraphError.TryRead(response.Body);
        (string errorId, FaultKind kind, string remedy) = Meaning(request, response);
        string requestId = ServiceText.Line(response.RequestId ?? error?.RequestId ?? "none", CodeLength);
        if (IsForeign(response))
        {
            (errorId, kind, remedy) = Foreign(request, response, errorId, kind);
        }

        string attempts = response.Attempts == 1 ? string.Empty : $" after {response.Attempts} attempts";
        return new GraphException(
            errorId,
            kind,
            $"{request.Purpose} failed{attempts}: {StatusText(response.Status)}{Words(error)}. {remedy} (request-id {requestId})")
        {
            Status = response.Status,
            Code = error?.Code,
            RequestId = response.RequestId ?? error?.RequestId,
            ClientRequestId = response.ClientRequestId,
            Attempts = response.Attempts,
            Duration = response.Duration,
        };
    }

    /// <summary>The status as a number and a name: <c>404 Not Found</c>.</summary>
    public static string StatusText(int status)
    {
        string number = status.ToString(CultureInfo.InvariantCulture);
        string? name = status == 429 ? "TooManyRequests" : Enum.GetName(typeof(HttpStatusCode), status);
        return name is null ? number : number + " " + Regex.Replace(name, "(?<=[a-z])(?=[A-Z])", " ");
    }

    /// <summary>A wait, to the second, with its unit.</summary>
    public static string WaitText(TimeSpan wait) => $"{TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)).ToString("c", CultureInfo.InvariantCulture)} (hours:minutes:seconds)";

    private static string Words(GraphError? error)
    {
        if (error is null)
        {
            return string.Empty;
        }

        string code = ServiceText.Line(error.Code, CodeLength);
        string message = ServiceText.Line(error.Message.TrimEnd().TrimEnd('.'), MessageLength);
        return (code.Length, message.Length) switch
        {
            (0, 0) => string.Empty,
            (0, _) => $" ({message})",
            (_, 0) => $" ({code})",
            _ => $" ({code}: {message})",
        };
    }

    private static (string ErrorId, FaultKind Kind, string Remedy) Meaning(GraphRequest request, GraphResponse response) => response.Status switch
    {
        >= 200 and < 300 => ("AnswerNotUnderstood", FaultKind.Connection, NotUnderstoodRemedy(request, response) + " Check -GraphEndpoint."),
        400 => ("RequestRefused", FaultKind.Refused, request.Body is null
            ? "The service refuses the request: correct the values that it was asked for."
            : "The service refuses the body as it is: correct it, then send it again."),
        401 => ("TokenRefused", FaultKind.Authentication, "The service refuses a token that was just issued. Check -Environment and the app's tenant."),
        403 => ("PermissionMissing", FaultKind.PermissionDenied, $"The app lacks a permission: grant it {request.Permission}, with admin consent, and connect again."),
        404 => ("NotFound", FaultKind.NotFound, $"There is no {request.Subject}."),
        408 => ("ServiceUnavailable", FaultKind.Connection, "The service waited for the body in vain: check the network, then send again."),
        413 => ("RequestRefused", FaultKind.Refused, "The body is too large: use fewer operations in a request."),
        429 => ("LimitReached", FaultKind.LimitReached, LimitRemedy(response.RetryAfter)),
        >= 300 and < 400 => ("RedirectRefused", FaultKind.Connection, RedirectRemedy(response.Location)),
        >= 500 => ("ServiceUnavailable", FaultKind.Connection, "The service has a fault of its own: try again later, see https://portal.office.com/servicestatus."),
        _ => ("RequestRefused", FaultKind.Refused, "The service refuses the request."),
    };

    // What a proxy says of the app's permissions, of a job or of what was sent means nothing: the next call would meet the same. Its
    // limits and its outages are real, and not the service's.
    private static (string ErrorId, FaultKind Kind, string Remedy) Foreign(GraphRequest request, GraphResponse response, string errorId, FaultKind kind)
    {
        string what = ForeignAnswer.Describe(response.Body);
        return response.Status switch
        {
            >= 200 and < 300 => (errorId, kind, NotUnderstoodRemedy(request, response) + " " + what),
            407 => ("ProxyAuthenticationRequired", FaultKind.Connection, "A proxy wants a sign-in: give it with -ProxyCredential. " + what),
            408 => (errorId, kind, "The call did not arrive as a whole in time: check the network, then try again. " + what),
            413 => (NotOfService, FaultKind.Connection, "A body of this size does not get through: use fewer operations in a request. " + what),
            429 => (errorId, kind, $"Too many calls: try again {(response.RetryAfter is TimeSpan wait ? "in " + WaitText(wait) : "later")}. {what}"),
            >= 300 and < 400 => (errorId, kind, RedirectRemedy(response.Location) + " " + what),
            >= 500 => (errorId, kind, "Try again later. " + what),
            _ => (NotOfService, FaultKind.Connection, what),
        };
    }

    private static string NotUnderstoodRemedy(GraphRequest request, GraphResponse response) =>
        "This came " + ForeignAnswer.Kind(response.Body)
        + (request.SuccessStatus is int status ? $", and {StatusText(status)} alone means that the service has taken it: nothing is taken for done." : ": nothing is taken for done.");

    private static string LimitRemedy(TimeSpan? retryAfter) => retryAfter is TimeSpan wait
        ? $"The service asks to wait {WaitText(wait)}: the limit of calls is reached, a long wait means that of the day. Send the rest then."
        : "The limit of calls is reached. Send the rest later.";

    private static string RedirectRemedy(Uri? location) => location is null
        ? "The answer sends the call on without saying where, or to a copy that nobody has asked for. Check -GraphEndpoint and -Environment."
        : $"The answer sends the call on to '{(location.IsAbsoluteUri ? location.Authority : ServiceText.Line(location.OriginalString, CodeLength))}'. The token goes to the configured host only; check -GraphEndpoint and -Environment.";
}
