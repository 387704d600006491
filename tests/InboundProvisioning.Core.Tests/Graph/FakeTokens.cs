using System;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;

namespace InboundProvisioning.Core.Tests.Graph;

/// <summary>Gives token-1 until it is refused, then token-2, and so on.</summary>
internal sealed class FakeTokens : ITokenSource
{
    private AccessToken _current = new("token-1", null);

    public int Renewals { get; private set; }

    public AccessToken? Current => _current;

    public Task<AccessToken> GetTokenAsync(AccessToken? refused, CancellationToken cancellationToken)
    {
        lock (this)
        {
            if (refused is not null && refused == _current)
            {
                Renewals++;
                _current = new AccessToken($"token-{Renewals + 1}", null);
            }

            return Task.FromResult(_current);
        }
    }
}
