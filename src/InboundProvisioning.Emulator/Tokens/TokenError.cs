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
    private const string FederationAdvice =
        "Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. "
        + "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

    /// <summary>The error code of OAuth.</summary>
    public string Error => error;

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

    public static TokenError NoFederatedIssuer(string issuer) =>
        new(401, "invalid_client", 700211,
            $"No matching federated identity record found for presented assertion issuer '{issuer}'. {FederationAdvice}");

    public static TokenError NoFederatedAudience(string? audience) =>
        new(401, "invalid_client", 700212,
            $"No matching federated identity record found for presented assertion audience '{audience}'. {FederationAdvice}");

    public static TokenError NoFederatedSubject(string? subject) =>
        new(401, "invalid_client", 700213,
            $"No matching federated identity record found for presented assertion subject '{subject}'. {FederationAdvice}");

    public static TokenError WrongFederatedSignature() =>
        new(401, "invalid_client", 50013, "Assertion failed signature validation. [Reason - The key was not found.]");

    public static TokenError UnknownScope(Guid clientId, string scope, string resource) =>
        new(400, "invalid_client", 650053,
            $"The application '{clientId}' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. Contact the app vendor.");

    public static TokenError NoConsent(Guid? clientId) =>
        new(400, "invalid_grant", 65001,
            $"The user or administrator has not consented to use the application{(clientId is null ? "" : $" with ID '{clientId}'")}. "
            + "Send an interactive authorization request for this user and resource.");

    public static TokenError InvalidGrant(string reason) =>
        new(400, "invalid_grant", 70000, $"Provided grant is invalid or malformed. {reason}");

    // https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#expected-errors
    public static TokenError AuthorizationPending() =>
        new(400, "authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending. Continue polling.");

    // RFC 8628 section 3.5; the page on the device code flow does not list it.
    public static TokenError SlowDown() =>
        new(400, "slow_down", 70016, "OAuth 2.0 device flow error. Authorization is pending, and the client polls too often.");

    public static TokenError AuthorizationDeclined() =>
        new(400, "authorization_declined", 65004, "User declined to consent to access the app.");

    public static TokenError UnknownDeviceCode() =>
        new(400, "bad_verification_code", 70018, "The device_code that was sent is not known.");

    public static TokenError DeviceCodeExpired() =>
        new(400, "expired_token", 70019, "Verification code expired. Have the user retry the sign-in.");

    // https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-token-endpoint-errors
    public static TokenError CodeRedeemed() =>
        new(400, "invalid_grant", 54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.");

    public static TokenError CodeExpired() =>
        new(400, "invalid_grant", 70008, "The provided authorization code or refresh token has expired due to inactivity.");

    public static TokenError WrongCodeVerifier() =>
        new(400, "invalid_grant", 501481, "The Code_Verifier does not match the code_challenge supplied in the authorization request.");

    public static TokenError WrongRedirectAtRedemption() =>
        new(400, "invalid_grant", 500112, "The reply address does not match the reply address provided when requesting Authorization code.");

    public static TokenError WrongRedirect(string redirectUri) =>
        new(400, "invalid_request", 50011,
            $"The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application.");

    public static TokenError UnsupportedResponseType(string responseType) =>
        new(400, "unsupported_response_type", 700054, $"response_type '{responseType}' is not enabled for the application.");

    public static TokenError UnsupportedChallengeMethod(string method) =>
        new(400, "invalid_request", 501491, $"The code_challenge_method '{method}' is not supported.");

    /// <summary>The user did not sign in or did not consent, as the emulator was told.</summary>
    public static TokenError SignInRefused(string error) => error switch
    {
        "access_denied" => new(400, error, 65004, "User declined to consent to access the app."),
        "login_required" => new(400, error, 50058, "A silent sign-in request was sent but no user is signed in."),
        "server_error" or "temporarily_unavailable" => new(400, error, 90033, "A transient error has occurred. Please try again."),
        _ => new(400, error, 90014, "Refused on command."),
    };

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
        httpContext.Response.StatusCode = status;
        return httpContext.Response.WriteAsJsonAsync(
            new
            {
                error,
                error_description = Describe(httpContext),
                error_codes = new[] { code },
                timestamp = Timestamp(ids),
                trace_id = ids.TraceId,
                correlation_id = ids.CorrelationId,
            },
            httpContext.RequestAborted);
    }

    /// <summary>The description, with the ids of the request behind it.</summary>
    public string Describe(HttpContext httpContext)
    {
        TokenRequestIds ids = TokenRequestIds.Of(httpContext);
        return $"AADSTS{code}: {description} Trace ID: {ids.TraceId} Correlation ID: {ids.CorrelationId} Timestamp: {Timestamp(ids)}";
    }

    private static string Timestamp(TokenRequestIds ids) => ids.Time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
