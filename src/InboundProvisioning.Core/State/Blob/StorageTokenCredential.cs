using System;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using InboundProvisioning.Authentication;
using AccessToken = Azure.Core.AccessToken;

namespace InboundProvisioning.State.Blob;

/// <summary>Gives the storage client the tokens of the connection's identity.</summary>
internal sealed class StorageTokenCredential : TokenCredential
{
    // Of a token that does not say when it ends.
    private static readonly TimeSpan Unknown = TimeSpan.FromMinutes(5);

    private readonly ITokenSource _tokens;

    public StorageTokenCredential(ITokenSource tokens)
    {
        _tokens = tokens;
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Task.Run(() => GetTokenAsync(requestContext, cancellationToken).AsTask(), cancellationToken).GetAwaiter().GetResult();

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Authentication.AccessToken token = await _tokens.GetTokenAsync(refused: null, cancellationToken).ConfigureAwait(false);
        return new AccessToken(token.Value, token.ExpiresOn ?? DateTimeOffset.UtcNow + Unknown);
    }
}
