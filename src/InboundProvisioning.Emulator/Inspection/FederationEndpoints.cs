using System;

using InboundProvisioning.Emulator.Tokens;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Inspection;

/// <summary>
/// The federated issuer: its discovery document and keys (OpenID Connect Discovery 1.0), and its tokens, in the form in which GitHub Actions
/// hands them out, https://docs.github.com/actions/reference/openid-connect-reference
/// </summary>
internal sealed class FederationEndpoints(FederatedIssuer issuer)
{
    public const string Path = $"{InspectionEndpoints.Prefix}/federation";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Path}/.well-known/openid-configuration", Configuration);
        routes.MapGet($"{Path}/keys", issuer.SigningKey.ToKeySet);
        routes.MapGet($"{Path}/token", (string? subject, string? audience, int? lifetimeSeconds) => Results.Json(new
        {
            value = issuer.Issue(subject, audience, lifetime: lifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
        }));
    }

    private object Configuration() => new
    {
        issuer = issuer.Url,
        jwks_uri = $"{issuer.Url}/keys",
        subject_types_supported = new[] { "public" },
        response_types_supported = new[] { "id_token" },
        id_token_signing_alg_values_supported = new[] { "RS256" },
        claims_supported = new[] { "sub", "aud", "exp", "iat", "iss", "jti", "nbf" },
    };
}
