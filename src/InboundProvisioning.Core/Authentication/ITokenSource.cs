using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Authentication;

/// <summary>Gives access tokens for Microsoft Graph and renews them.</summary>
public interface ITokenSource
{
    /// <summary>The token that was given last, which may have ended since; null before the first.</summary>
    AccessToken? Current { get; }

    /// <summary>
    /// Gives a token that is valid now. Several requests in flight may ask at once: when all of them had the same token
    /// refused, it is renewed once.
    /// </summary>
    /// <param name="refused">The token that the service has refused with 401, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InboundProvisioningException">Kind <see cref="FaultKind.Authentication"/> where there is no token to be had.</exception>
    Task<AccessToken> GetTokenAsync(AccessToken? refused, CancellationToken cancellationToken);
}
