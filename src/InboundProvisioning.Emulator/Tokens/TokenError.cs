using System;
using System.Globalization;
using System.Threading.Tasks;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// A refusal of the authority: RFC 6749 section 5.2 with Entra's members.
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#error-response and, for the codes,
/// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
/// </summary>
internal sealed class TokenError(int status, string error, int code, string description) : IResult
{
    public static TokenError MissingParameter(string name) =>
        new(400, "invalid_request", 900144, $"The request body must contain the following parameter: '{name}'.");

    public static TokenError UnsupportedGrant(string grant) =>
        new(400, "unsupported_grant_type", 70003, $"The app requested an unsupported grant type '{grant}'.");

    // The token endpoint says invalid_request, the discovery document invalid_tenant.
    public static TokenError UnknownTenant(string tenant, string error) =>
        new(400, error, 90002,
            $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. "
            + "Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.");

    public static TokenError UnknownClient(string clientId, Guid tenantId) =>
        new(400, "unauthorized_client", 700016,
            $"Application with identifier '{clientId}' was not found in the directory '{tenantId}'. This can happen if the application has not "
            + "been installed by the administrator of the tenant or consented to by any user in the tenant. "
            + "You may have sent your authentication request to the wrong tenant.");

    public static TokenError NoCredential() =>
        new(401, "invalid_client", 7000216,
            "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.");

    public static TokenError WrongSecret(Guid clientId) =>
        new(401, "invalid_client", 7000215,
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, "
            + $"for a secret added to app '{clientId}'.");

    public static TokenError WrongScope(string scope) =>
        new(400, "invalid_scope", 1002012,
            $"The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the "
            + "resource identifier (application ID URI).");

    public static TokenError UnknownResource(string resource, Guid tenantId) =>
        new(400, "invalid_resource", 500011,
            $"The resource principal named {resource} was not found in the tenant named {tenantId}. This can happen if the application has not "
            + "been installed by the administrator of the tenant or consented to by any user in the tenant.");

    public static TokenError MalformedAssertion(string reason) =>
        new(400, "invalid_request", 50027, $"JWT token is invalid or malformed. {reason}");

    public static TokenError UnsupportedAlgorithm(string? algorithm) =>
        new(401, "invalid_client", 5002738,
            $"Invalid JWT token. '{algorithm}' is not a supported signature algorithm. Supported signing algorithms are: 'RS256,PS256'.");

    public static TokenError UnregisteredCertificate(Guid clientId) =>
        new(401, "invalid_client", 700027,
            "The certificate with identifier used to sign the client assertion is not registered on application. "
            + $"[Reason - The key was not found., Please visit the Azure Portal to see configured keys for app Id '{clientId}'.]");

    public static TokenError WrongSignature() =>
        new(401, "invalid_client", 700027,
            "Client assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value.]");

    public static TokenError WrongApplication() =>
        new(401, "invalid_client", 700021, "Client assertion application identifier doesn't match 'client_id' parameter.");

    public static TokenError WrongAudience() =>
        new(401, "invalid_client", 700023, "Client assertion audience claim does not match Realm issuer.");

    public static TokenError OutOfTime(DateTimeOffset now, DateTimeOffset? notBefore, DateTimeOffset expires) =>
        new(401, "invalid_client", 700024,
            string.Create(CultureInfo.InvariantCulture, $"Client assertion is not within its valid time range. Current time: {now:O}, assertion valid from {notBefore ?? DateTimeOffset.UnixEpoch:O}, expiry time of assertion {expires:O}."));

    /// <summary>A refusal that a fault asked for. AADSTS90033 and AADSTS90055 are the transient fault and the tenant that is throttled.</summary>
    public static TokenError OnCommand(int status) => status switch
    {
        429 => new(429, "temporarily_unavailable", 90055, "There are too many incoming requests."),
        >= 500 => new(status, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again."),
        401 => new(401, "invalid_client", 7000215, "Invalid client secret provided."),
        _ => new(status, "invalid_request", 90014, "Refused on command."),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        TokenRequestIds ids = TokenRequestIds.Of(httpContext);
        string timestamp = ids.Time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        httpContext.Response.StatusCode = status;
        return httpContext.Response.WriteAsJsonAsync(
            new
            {
                error,
                error_description =
                    $"AADSTS{code}: {description} Trace ID: {ids.TraceId} Correlation ID: {ids.CorrelationId} Timestamp: {timestamp}",
                error_codes = new[] { code },
                timestamp,
                trace_id = ids.TraceId,
                correlation_id = ids.CorrelationId,
            },
            httpContext.RequestAborted);
    }
}
