using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Http;
using Polly;
using Polly.Retry;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>
/// Tries a call of a sign-in again where the fault may pass. At this level each call counts its own attempts, so that a code that
/// a person has just typed does not end with one 503. MSAL's own retries are off.
/// </summary>
internal sealed class SignInRetryHandler : DelegatingHandler
{
    // https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#retry-guidance: 410 is an
    // update of the endpoint, which takes up to 70 seconds.
    private const int Gone = 410;

    // Tokens and keys have some KB.
    private const int LargestAnswer = 1024 * 1024;
    private static readonly TimeSpan GoneDelay = TimeSpan.FromSeconds(25);

    private readonly RetrySettings _settings;
    private readonly TimeProvider _time;
    private readonly bool _isManagedIdentity;
    private readonly ResiliencePipeline<HttpResponseMessage> _attempts;
    private bool _hasAnswered;

    public SignInRetryHandler(SignInContext context)
        : this(context, context.Handler, isManagedIdentity: false)
    {
    }

    private SignInRetryHandler(SignInContext context, HttpMessageHandler inner, bool isManagedIdentity)
        : base(inner)
    {
        _settings = context.Retries;
        _time = context.Time;
        _isManagedIdentity = isManagedIdentity;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _time };
        if (_settings.SignInRetries > 0)
        {
            builder.AddRetry(Retries());
        }

        _attempts = builder.AddTimeout(_settings.SignInTimeout).Build();
    }

    /// <summary>For calls of the endpoint of a managed identity, which has statuses of its own that may pass.</summary>
    public static SignInRetryHandler ForManagedIdentity(SignInContext context) =>
        new(context, new ManagedIdentityEndpointHandler(context.Handler), isManagedIdentity: true);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _attempts.ExecuteAsync(
                async (state, stop) => await state.Handler.SendOnceAsync(state.Request, stop).ConfigureAwait(false),
                (Handler: this, Request: request),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (ConnectionFault.IsOne(fault, cancellationToken))
        {
            throw _isManagedIdentity && !_hasAnswered
                ? SignInFault.NoManagedIdentity(request.RequestUri!, ConnectionFault.Reason(fault))
                : ConnectionFault.From(fault, request.RequestUri!);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            // Read to its end here, so that an answer that breaks off is tried again, and the time limit holds for it too.
            (byte[] body, bool isCut) = await BoundedContent.ReadAsync(response, LargestAnswer, cancellationToken).ConfigureAwait(false);
            if (isCut)
            {
                throw BoundedContent.TooLarge("The sign-in", LargestAnswer, request.RequestUri!.Authority);
            }

            var content = new ByteArrayContent(body);
            foreach (KeyValuePair<string, IEnumerable<string>> header in response.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            {
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response.Content = content;
            _hasAnswered = true;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private RetryStrategyOptions<HttpResponseMessage> Retries() => new()
    {
        MaxRetryAttempts = _settings.SignInRetries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = _settings.FirstDelay,
        MaxDelay = _settings.LongestDelay,
        ShouldHandle = arguments => new ValueTask<bool>(MayPass(arguments.Outcome, arguments.Context.CancellationToken)),
        DelayGenerator = arguments => new ValueTask<TimeSpan?>(Wait(arguments.Outcome.Result)),
    };

    // An endpoint of this machine that has never answered is not there.
    private bool MayPass(Outcome<HttpResponseMessage> outcome, CancellationToken stop) => outcome.Exception is Exception fault
        ? ConnectionFault.MayPass(fault, stop) && (!_isManagedIdentity || _hasAnswered)
        : (int)outcome.Result!.StatusCode is 429 or 502 or 503 or 504
            || (_isManagedIdentity && (int)outcome.Result.StatusCode is 404 or 408 or Gone or 500);

    // A wait beyond our own longest one is not worth it: the fault tells more.
    private TimeSpan? Wait(HttpResponseMessage? response)
    {
        if (response is null)
        {
            return null;
        }

        TimeSpan? asked = (int)response.StatusCode == Gone ? GoneDelay : RetryAfter.Read(response.Headers, _time.GetUtcNow());
        return asked is TimeSpan wait && wait >= _settings.FirstDelay && wait <= _settings.LongestDelay ? wait : null;
    }
}
