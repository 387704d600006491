using System;
using System.Security.Cryptography;
using System.Text;

using InboundProvisioning.Emulator.Identity;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// An app that acts by itself, with a secret, a certificate or the token of an issuer that it trusts:
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#get-a-token
/// </summary>
internal sealed class ClientCredentialsGrant(
    Tenant tenant, ClientAssertionCheck assertions, FederatedAssertionCheck federated, AccessTokens tokens) : ITokenGrant
{
    private const string Default = "/.default";
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public string Type => "client_credentials";

    public IResult Answer(IFormCollection form, string? basicSecret) =>
        RefuseCredential(form, basicSecret) ?? RefuseScope(form["scope"].ToString().Trim()) ?? Results.Json(new
        {
            token_type = "Bearer",
            expires_in = (int)AccessTokens.Lifetime.TotalSeconds - 1,
            ext_expires_in = (int)AccessTokens.Lifetime.TotalSeconds - 1,
            access_token = tokens.IssueToApp(tenant.Client.ClientId, tenant.Client.ServicePrincipalId, ResourceOf(form["scope"].ToString().Trim())),
        });

    private TokenError? RefuseCredential(IFormCollection form, string? basicSecret)
    {
        string assertion = form["client_assertion"].ToString();
        if (assertion.Length > 0)
        {
            if (form["client_assertion_type"] != JwtBearer)
            {
                return TokenError.MalformedAssertion($"The parameter 'client_assertion_type' must be '{JwtBearer}'.");
            }

            return FederatedAssertionCheck.IsFor(assertion) ? federated.Refuse(assertion) : assertions.Refuse(assertion);
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

    private static string ResourceOf(string scope) => scope[..^Default.Length];

    private TokenError? RefuseScope(string scope)
    {
        if (scope.Length == 0)
        {
            return TokenError.MissingParameter("scope");
        }

        if (scope.Contains(' ', StringComparison.Ordinal) || !scope.EndsWith(Default, StringComparison.Ordinal))
        {
            return TokenError.WrongScope(scope);
        }

        string resource = ResourceOf(scope);
        return tokens.Knows(resource) ? null : TokenError.UnknownResource(resource, tenant.Id);
    }
}
