using System;

using InboundProvisioning.Emulator.Identity;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>
/// The OpenID configuration document and the signing keys:
/// https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#find-your-apps-openid-configuration-document-uri
/// </summary>
internal sealed class DiscoveryEndpoints(Tenant tenant, AuthorityUrls urls, SigningKey signingKey)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        // The document without v2.0 names the issuer of version 1.0 tokens, which are those that Graph takes.
        routes.MapGet("/{tenantId}/v2.0/.well-known/openid-configuration", (string tenantId, HttpContext context) =>
            Answer(tenantId, context, () => Configuration(urls.IssuerV2)));
        routes.MapGet("/{tenantId}/.well-known/openid-configuration", (string tenantId, HttpContext context) =>
            Answer(tenantId, context, () => Configuration(urls.Issuer)));
        routes.MapGet("/{tenantId}/discovery/v2.0/keys", (string tenantId, HttpContext context) =>
            Answer(tenantId, context, signingKey.ToKeySet));
    }

    private IResult Answer(string tenantId, HttpContext context, Func<object> document)
    {
        TokenRequestIds.Begin(context);
        return tenant.Refuse(tenantId, "invalid_tenant") is { } unknown ? unknown : Results.Json(document());
    }

    private object Configuration(string issuer) => new
    {
        token_endpoint = urls.Token,
        token_endpoint_auth_methods_supported = new[] { "client_secret_post", "private_key_jwt", "client_secret_basic" },
        jwks_uri = urls.Keys,
        response_modes_supported = new[] { "query", "fragment", "form_post" },
        subject_types_supported = new[] { "pairwise" },
        id_token_signing_alg_values_supported = new[] { "RS256" },
        response_types_supported = new[] { "code", "id_token", "code id_token", "id_token token" },
        scopes_supported = new[] { "openid", "profile", "email", "offline_access" },
        issuer,
        authorization_endpoint = urls.Authorize,
        device_authorization_endpoint = urls.DeviceCode,
    };
}
