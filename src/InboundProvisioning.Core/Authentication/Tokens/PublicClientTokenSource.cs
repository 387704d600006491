using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>
/// Tokens for a person who has signed in: once with a code or a browser, from then on by the refresh token that MSAL keeps in memory.
/// </summary>
internal sealed class PublicClientTokenSource : MsalTokenSource
{
    // Work and school accounts of any tenant: https://learn.microsoft.com/entra/identity-platform/msal-client-application-configuration#authority.
    private const string AnyOrganization = "organizations";

    private readonly string[] _scopes;
    private readonly Func<IPublicClientApplication, string[], CancellationToken, Task<AuthenticationResult>> _signIn;
    private readonly IPublicClientApplication _application;
    private IAccount? _account;

    public PublicClientTokenSource(
        SignInContext context,
        string? tenantId,
        string clientId,
        string[] scopes,
        Func<IPublicClientApplication, string[], CancellationToken, Task<AuthenticationResult>> signIn)
        : base(context, tenantId is null ? $"a person with client '{clientId}'" : $"a person of tenant '{tenantId}' with client '{clientId}'", new SignInRetryHandler(context))
    {
        _scopes = scopes;
        _signIn = signIn;
        _application = Build(() => PublicClientApplicationBuilder.Create(clientId)
            .WithAuthority(context.Endpoints.AuthorityFor(tenantId ?? AnyOrganization))
            .WithInstanceDiscovery(!context.Endpoints.IsCustomAuthority)
            .WithHttpClientFactory(Http, retryOnceOn5xx: false)
            .WithRedirectUri("http://localhost")
            .Build());
    }

    /// <inheritdoc/>
    protected override async Task<AuthenticationResult> AcquireAsync(string? resource, bool force, CancellationToken cancellationToken)
    {
        if (_account is null)
        {
            AuthenticationResult first = await _signIn(_application, _scopes, cancellationToken).ConfigureAwait(false);
            _account = first.Account;
            if (resource is null)
            {
                return first;
            }
        }

        string[] scopes = resource is null ? _scopes : [ServiceEndpoints.ScopeFor(resource)];

        try
        {
            return await _application.AcquireTokenSilent(scopes, _account).WithForceRefresh(force).ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MsalUiRequiredException fault)
        {
            // Nobody may be there any more: the run ends with what to do, rather than wait for a person in silence.
            throw SignInFault.Ended(fault, Subject);
        }
    }
}
