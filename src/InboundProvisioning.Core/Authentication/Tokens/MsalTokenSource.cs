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
    private readonly Uri _authority;

    private protected MsalTokenSource(SignInContext context, string subject, SignInRetryHandler handler)
    {
        _authority = context.Endpoints.Authority;
        Subject = subject;
        Http = new MsalHttpClientFactory(handler);
    }

    /// <inheritdoc/>
    public AccessToken? Current { get; private set; }

    /// <summary>Who signs in, in words.</summary>
    protected string Subject { get; }

    /// <summary>What MSAL makes its calls with. MSAL's own retries must be off: the handler's count.</summary>
    protected MsalHttpClientFactory Http { get; }

    /// <inheritdoc/>
    public async Task<AccessToken> GetTokenAsync(AccessToken? refused, CancellationToken cancellationToken)
    {
        await _renewal.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A request that went out before the renewal reports the old token as refused: the new one serves it.
            bool force = refused is not null && ReferenceEquals(refused, Current);
            AuthenticationResult result = await AcquireAsync(force, cancellationToken).ConfigureAwait(false);
            if (Current is null || Current.Value != result.AccessToken)
            {
                Current = new AccessToken(result.AccessToken, result.ExpiresOn, result.Account?.Username);
            }

            return Current;
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
    protected abstract Task<AuthenticationResult> AcquireAsync(bool force, CancellationToken cancellationToken);

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
