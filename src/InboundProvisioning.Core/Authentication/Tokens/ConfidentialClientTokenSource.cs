using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>
/// Tokens for an app that signs in by itself, with a secret, a certificate or an assertion:
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow.
/// </summary>
internal sealed class ConfidentialClientTokenSource : MsalTokenSource
{
    private readonly string[] _scopes;
    private readonly IConfidentialClientApplication _application;

    public ConfidentialClientTokenSource(
        SignInContext context,
        string tenantId,
        string clientId,
        Func<ConfidentialClientApplicationBuilder, ConfidentialClientApplicationBuilder> withCredential)
        : base(context, $"client '{clientId}' of tenant '{tenantId}'", new SignInRetryHandler(context))
    {
        _scopes = [context.Endpoints.Scope];

        // Instance discovery asks the public cloud, which knows nothing of a private authority.
        _application = Build(() => withCredential(ConfidentialClientApplicationBuilder.Create(clientId)
            .WithAuthority(context.Endpoints.AuthorityFor(tenantId))
            .WithInstanceDiscovery(!context.Endpoints.IsCustomAuthority)
            .WithHttpClientFactory(Http, retryOnceOn5xx: false)).Build());
    }

    /// <inheritdoc/>
    protected override Task<AuthenticationResult> AcquireAsync(string? resource, bool force, CancellationToken cancellationToken) =>
        _application.AcquireTokenForClient(resource is null ? _scopes : [ServiceEndpoints.ScopeFor(resource)]).WithForceRefresh(force).ExecuteAsync(cancellationToken);
}
