using System;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;

using InboundProvisioning.Emulator.Identity;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// The token endpoint, for the client credentials grant:
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#get-a-token
/// </summary>
internal sealed class TokenEndpoint(Tenant tenant, string graph, ClientAssertionCheck assertions, AccessTokens tokens)
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/{tenantId}/oauth2/v2.0/token", AnswerAsync);

    private async Task<IResult> AnswerAsync(string tenantId, HttpContext context)
    {
        TokenRequestIds.Begin(context);
        IFormCollection form = context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : FormCollection.Empty;

        return Refuse(tenantId, form, context.Request.Headers.Authorization) ?? Results.Json(new
        {
            token_type = "Bearer",
            expires_in = (int)AccessTokens.Lifetime.TotalSeconds - 1,
            ext_expires_in = (int)AccessTokens.Lifetime.TotalSeconds - 1,
            access_token = tokens.Issue(),
        });
    }

    private TokenError? Refuse(string tenantId, IFormCollection form, string? authorization)
    {
        if (!string.Equals(tenantId, tenant.Id.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            return TokenError.UnknownTenant(tenantId, "invalid_request");
        }

        string grant = form["grant_type"].ToString();
        if (grant.Length == 0)
        {
            return TokenError.MissingParameter("grant_type");
        }

        if (grant != "client_credentials")
        {
            return TokenError.UnsupportedGrant(grant);
        }

        (string Id, string Secret)? basic = BasicCredential(authorization);
        string clientId = basic?.Id ?? form["client_id"].ToString();
        if (clientId.Length == 0)
        {
            return TokenError.MissingParameter("client_id");
        }

        if (!string.Equals(clientId, tenant.Client.ClientId.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            return TokenError.UnknownClient(clientId, tenant.Id);
        }

        return RefuseCredential(form, basic?.Secret) ?? RefuseScope(form["scope"].ToString().Trim());
    }

    private TokenError? RefuseCredential(IFormCollection form, string? basicSecret)
    {
        string assertion = form["client_assertion"].ToString();
        if (assertion.Length > 0)
        {
            return form["client_assertion_type"] == JwtBearer
                ? assertions.Refuse(assertion)
                : TokenError.MalformedAssertion($"The parameter 'client_assertion_type' must be '{JwtBearer}'.");
        }

        string secret = basicSecret ?? form["client_secret"].ToString();
        if (secret.Length == 0)
        {
            return TokenError.NoCredential();
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(tenant.Client.Secret))
            ? null
            : TokenError.WrongSecret(tenant.Client.ClientId);
    }

    private TokenError? RefuseScope(string scope)
    {
        const string Default = "/.default";
        if (scope.Length == 0)
        {
            return TokenError.MissingParameter("scope");
        }

        if (scope.Contains(' ', StringComparison.Ordinal) || !scope.EndsWith(Default, StringComparison.Ordinal))
        {
            return TokenError.WrongScope(scope);
        }

        string resource = scope[..^Default.Length];
        return resource == graph ? null : TokenError.UnknownResource(resource, tenant.Id);
    }

    /// <summary>RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.</summary>
    private static (string Id, string Secret)? BasicCredential(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out AuthenticationHeaderValue? header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null)
        {
            return null;
        }

        byte[] decoded = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, decoded, out int length))
        {
            return null;
        }

        string[] halves = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
        return halves.Length == 2 ? (Decode(halves[0]), Decode(halves[1])) : null;

        static string Decode(string half) => Uri.UnescapeDataString(half.Replace('+', ' '));
    }
}
