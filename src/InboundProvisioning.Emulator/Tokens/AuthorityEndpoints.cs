using System;

using InboundProvisioning.Emulator.Identity;

using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>The authority: the endpoints of a tenant at which tokens are asked for, with all that issues them.</summary>
internal sealed class AuthorityEndpoints(
    Tenant tenant,
    AuthorityUrls urls,
    AccessTokens tokens,
    DelegatedScopes scopes,
    DeviceCodes deviceCodes,
    FederatedIssuer federated,
    SigningKey signingKey,
    RefusedSignIns refusedSignIns,
    ExchangedSecrets secrets,
    TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var userTokens = new UserTokens(tenant, urls, tokens, scopes, signingKey, secrets, clock);
        var authorizationCodes = new AuthorizationCodes(secrets, clock);
        new TokenEndpoint(
            tenant,
            new ClientCredentialsGrant(
                tenant, new ClientAssertionCheck(tenant.Client, urls.Token, clock), new FederatedAssertionCheck(federated, clock), tokens),
            new DeviceCodeGrant(DeviceCodeGrant.Name, deviceCodes, userTokens),
            new DeviceCodeGrant(DeviceCodeGrant.OldName, deviceCodes, userTokens),
            new AuthorizationCodeGrant(authorizationCodes, userTokens),
            new RefreshTokenGrant(userTokens, scopes)).Map(routes);
        new DeviceCodeEndpoints(tenant, urls, deviceCodes, scopes).Map(routes);
        new AuthorizeEndpoint(tenant, authorizationCodes, scopes, refusedSignIns).Map(routes);
        new DiscoveryEndpoints(tenant, urls, signingKey).Map(routes);
    }
}
