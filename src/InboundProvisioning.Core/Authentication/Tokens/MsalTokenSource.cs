using System;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Http;
using Microsoft.Identity.Client;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>
/// Tokens through MSAL: kept in memory only, renewed when they end or are refused, with one renewal for all who wait. How a token
/// is got is left to each kind of application.
/// </summary>
internal abstract class MsalTokenSource : ITokenSource, IDisposable
{
    private readonly SemaphoreSlim _renewal = new(1);
    private readonly ResourceTokenSource _graph;
    private readonly Uri _authority;

    private protected MsalTokenSource(SignInContext context, string subject, SignInRetryHandler handler)
    {
        _graph = new ResourceTokenSource(this, resource: null);
        _authority = context.Endpoints.Authority;
        Subject = subject;
        Http = new MsalHttpClientFactory(handler);
    }

    /// <inheritdoc/>
    public AccessToken? Current => _graph.Current;

    /// <summary>Who signs in, in words.</summary>
    protected string Subject { get; }

    /// <summary>What MSAL makes its calls with. MSAL's own retries must be off: the handler's count.</summary>
    protected MsalHttpClientFactory Http { get; }

    /// <inheritdoc/>
    public Task<AccessToken> GetTokenAsync(AccessToken? refused, CancellationToken cancellationToken) => _graph.GetTokenAsync(refused, cancellationToken);

    /// <summary>Tokens of the same identity for another service than Microsoft Graph. They end with this source.</summary>
    /// <param name="resource">The service, such as <c>https://storage.azure.com</c>.</param>
    public ITokenSource For(string resource) => new ResourceTokenSource(this, resource);

    /// <summary>Gives a token for a resource, one renewal at a time.</summary>
    /// <param name="tokens">The resource and its token.</param>
    /// <param name="refused">The token that was refused, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<AccessToken> GetTokenAsync(ResourceTokenSource tokens, AccessToken? refused, CancellationToken cancellationToken)
    {
        await _renewal.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A request that went out before the renewal reports the old token as refused: the new one serves it.
            bool force = refused is not null && ReferenceEquals(refused, tokens.Current);
            AuthenticationResult result = await AcquireAsync(tokens.Resource, force, cancellationToken).ConfigureAwait(false);
            if (tokens.Current is null || tokens.Current.Value != result.AccessToken)
            {
                tokens.Current = new AccessToken(result.AccessToken, result.ExpiresOn, result.Account?.Username);
            }

            return tokens.Current;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // MSAL words some cancellations as faults of its own.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault) when (SignInFault.Inner(fault) is InboundProvisioningException inner)
        {
            throw inner;
        }
        catch (MsalException fault)
        {
            throw SignInFault.From(fault, Subject);
        }
        catch (Exception fault) when (ConnectionFault.IsOne(fault, cancellationToken))
        {
            throw ConnectionFault.From(fault, _authority);
        }
        finally
        {
            _renewal.Release();
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Http.Dispose();
        _renewal.Dispose();
    }

    /// <summary>Gets a token, from MSAL's cache unless a new one is forced.</summary>
    /// <param name="resource">What it is for; null for Microsoft Graph.</param>
    /// <param name="force">Whether a new one is forced.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    protected abstract Task<AuthenticationResult> AcquireAsync(string? resource, bool force, CancellationToken cancellationToken);

    /// <summary>Builds the application, whose faults are ours too.</summary>
    protected T Build<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (MsalException fault)
        {
            Dispose();
            throw SignInFault.From(fault, Subject);
        }
    }
}
