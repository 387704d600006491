using System;
using System.Net;
using System.Net.Http;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using Microsoft.Identity.Client;
using Polly;
using Polly.Retry;

namespace InboundProvisioning.Authentication;

/// <summary>
/// Tokens for an app that signs in by itself, with a certificate or a client secret, through MSAL:
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow. Tokens are kept in memory only.
/// </summary>
public sealed class ConfidentialClientTokenSource : ITokenSource, IDisposable
{
    private readonly string _tenantId;
    private readonly string _clientId;
    private readonly string[] _scopes;
    private readonly Uri _authority;
    private readonly MsalHttpClientFactory _http;
    private readonly IConfidentialClientApplication _application;
    private readonly ResiliencePipeline<AuthenticationResult> _retries;
    private readonly SemaphoreSlim _renewal = new(1);
    private AccessToken? _current;

    private ConfidentialClientTokenSource(
        ServiceEndpoints endpoints,
        string tenantId,
        string clientId,
        Func<ConfidentialClientApplicationBuilder, ConfidentialClientApplicationBuilder> withCredential,
        HttpMessageHandler handler,
        RetrySettings retries,
        TimeProvider time)
    {
        RequireTenant(tenantId);
        _tenantId = tenantId;
        _clientId = clientId;
        _scopes = [endpoints.Scope];
        _authority = endpoints.Authority;
        _http = new MsalHttpClientFactory(handler);
        _retries = Retries(retries, time);

        // MSAL's own retry is off: ours counts and waits as the service asks. Instance discovery asks the public cloud, which
        // knows nothing of a private authority.
        ConfidentialClientApplicationBuilder builder = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithAuthority(endpoints.AuthorityFor(tenantId))
            .WithInstanceDiscovery(!endpoints.IsCustomAuthority)
            .WithHttpClientFactory(_http, retryOnceOn5xx: false);
        try
        {
            _application = withCredential(builder).Build();
        }
        catch (MsalException fault)
        {
            _http.Dispose();
            throw SignInFault.From(fault, tenantId, clientId);
        }
    }

    /// <summary>Signs in with a client secret.</summary>
    /// <param name="endpoints">The cloud.</param>
    /// <param name="tenantId">The tenant's id or one of its domains.</param>
    /// <param name="clientId">The app's id.</param>
    /// <param name="secret">The secret's value.</param>
    /// <param name="handler">The handler of all calls; it stays the caller's.</param>
    /// <param name="retries">How often a sign-in that the service was too busy for is tried again.</param>
    /// <param name="time">The clock of the waits.</param>
    public static ConfidentialClientTokenSource FromSecret(
        ServiceEndpoints endpoints,
        string tenantId,
        string clientId,
        SecureString secret,
        HttpMessageHandler handler,
        RetrySettings retries,
        TimeProvider time) =>
        new(endpoints, tenantId, clientId, builder => builder.WithClientSecret(secret.Reveal()), handler, retries, time);

    /// <summary>Signs in with a certificate, which stays the caller's.</summary>
    /// <inheritdoc cref="FromSecret"/>
    /// <exception cref="InboundProvisioningException">As <see cref="ClientCertificate.RequireUsable"/>.</exception>
    public static ConfidentialClientTokenSource FromCertificate(
        ServiceEndpoints endpoints,
        string tenantId,
        string clientId,
        X509Certificate2 certificate,
        HttpMessageHandler handler,
        RetrySettings retries,
        TimeProvider time)
    {
        ClientCertificate.RequireUsable(certificate, time.GetUtcNow());
        return new ConfidentialClientTokenSource(
            endpoints, tenantId, clientId, builder => builder.WithCertificate(certificate), handler, retries, time);
    }

    /// <inheritdoc/>
    public async Task<AccessToken> GetTokenAsync(AccessToken? refused, CancellationToken cancellationToken)
    {
        await _renewal.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A request that went out before the renewal reports the old token as refused: the new one serves it.
            bool force = refused is not null && ReferenceEquals(refused, _current);
            AuthenticationResult result = await AcquireAsync(force, cancellationToken).ConfigureAwait(false);
            if (_current is null || _current.Value != result.AccessToken)
            {
                _current = new AccessToken(result.AccessToken, result.ExpiresOn);
            }

            return _current;
        }
        finally
        {
            _renewal.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _renewal.Dispose();
    }

    private async Task<AuthenticationResult> AcquireAsync(bool force, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(
                async (source, token) => await source._application
                    .AcquireTokenForClient(source._scopes)
                    .WithForceRefresh(force)
                    .ExecuteAsync(token).ConfigureAwait(false),
                this,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (ConnectionFault.IsOne(fault, cancellationToken))
        {
            throw ConnectionFault.From(fault, _authority);
        }
        catch (MsalException fault)
        {
            throw SignInFault.From(fault, _tenantId, _clientId);
        }
    }

    private static ResiliencePipeline<AuthenticationResult> Retries(RetrySettings settings, TimeProvider time) =>
        new ResiliencePipelineBuilder<AuthenticationResult> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<AuthenticationResult>
            {
                MaxRetryAttempts = settings.SignInRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = settings.FirstDelay,
                MaxDelay = settings.LongestDelay,
                ShouldHandle = arguments => new ValueTask<bool>(
                    arguments.Outcome.Exception is Exception fault && MayPass(fault, arguments.Context.CancellationToken)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(
                    (arguments.Outcome.Exception as MsalServiceException)?.Headers?.RetryAfter?.Delta is TimeSpan wait && wait < settings.LongestDelay
                        ? wait
                        : null),
            })
            .Build();

    private static bool MayPass(Exception fault, CancellationToken cancellationToken) => fault is MsalServiceException answer
        ? answer.StatusCode is 429 or (int)HttpStatusCode.BadGateway or (int)HttpStatusCode.ServiceUnavailable or (int)HttpStatusCode.GatewayTimeout
            || answer.ErrorCode == MsalError.RequestTimeout
        : ConnectionFault.MayPass(fault, cancellationToken);

    private static void RequireTenant(string tenantId)
    {
        // A GUID or a domain name: anything else would change the path of the token endpoint.
        if (!Regex.IsMatch(tenantId, "^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$"))
        {
            throw new InboundProvisioningException(
                "TenantIdInvalid",
                FaultKind.InvalidArgument,
                $"-TenantId '{tenantId}' is neither a tenant id (a GUID) nor a domain such as 'contoso.onmicrosoft.com'.",
                tenantId);
        }
    }
}
