using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>
/// Tokens of a managed identity, from the endpoint that the Azure resource offers on itself. MSAL keeps them for the whole process:
/// https://learn.microsoft.com/entra/msal/dotnet/advanced/managed-identity.
/// </summary>
internal sealed class ManagedIdentityTokenSource : MsalTokenSource
{
    private readonly string _resource;
    private readonly SignInContext _context;
    private readonly IManagedIdentityApplication _application;

    /// <summary>Creates the source.</summary>
    /// <param name="context">Its handler goes with the source, and must use no proxy.</param>
    /// <param name="clientId">The client id of a user-assigned identity, or null.</param>
    public ManagedIdentityTokenSource(SignInContext context, string? clientId)
        : base(
            context,
            clientId is null ? "the system-assigned managed identity" : $"the user-assigned managed identity '{clientId}'",
            SignInRetryHandler.ForManagedIdentity(context))
    {
        _context = context;
        _resource = context.Endpoints.GraphResource;
        _application = Build(() => ManagedIdentityApplicationBuilder
            .Create(clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.WithUserAssignedClientId(clientId))
            .WithHttpClientFactory(Http, retryOnceOn5xx: false)
            .Build());
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _context.Handler.Dispose();
    }

    /// <inheritdoc/>
    protected override Task<AuthenticationResult> AcquireAsync(string? resource, bool force, CancellationToken cancellationToken) =>
        _application.AcquireTokenForManagedIdentity(resource ?? _resource).WithForceRefresh(force).ExecuteAsync(cancellationToken);
}
