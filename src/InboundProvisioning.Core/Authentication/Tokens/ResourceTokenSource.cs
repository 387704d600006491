using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>Tokens of a signed-in identity for one service.</summary>
internal sealed class ResourceTokenSource : ITokenSource
{
    private readonly MsalTokenSource _source;

    /// <param name="source">Who has signed in.</param>
    /// <param name="resource">The service; null for Microsoft Graph.</param>
    public ResourceTokenSource(MsalTokenSource source, string? resource)
    {
        _source = source;
        Resource = resource;
    }

    /// <summary>The service; null for Microsoft Graph.</summary>
    public string? Resource { get; }

    /// <inheritdoc/>
    public AccessToken? Current { get; set; }

    /// <inheritdoc/>
    public Task<AccessToken> GetTokenAsync(AccessToken? refused, CancellationToken cancellationToken) => _source.GetTokenAsync(this, refused, cancellationToken);
}
