using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Http;
using Polly;
using Polly.Retry;

namespace InboundProvisioning.Graph;

/// <summary>
/// Calls Microsoft Graph v1.0 on the configured host: with a token, within the limits, again where a fault may pass. Guidance:
/// https://learn.microsoft.com/graph/throttling.
/// </summary>
public sealed class GraphClient : IDisposable
{
    /// <summary>In the data of a fault that is not Graph's: how many attempts have gone before it.</summary>
    internal const string AttemptsKey = "InboundProvisioning.Attempts";

    // An error of Graph has some hundred bytes. What is cut is not Graph's, and its beginning is enough to say so.
    private const int LargestError = 256 * 1024;

    private static readonly ResiliencePropertyKey<GraphCall> CallKey = new("InboundProvisioning.Call");

    private static readonly ProductInfoHeaderValue UserAgent = new(
        "InboundProvisioning", typeof(GraphClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    private readonly HttpClient _http;
    private readonly ITokenSource _tokens;
    private readonly RetrySettings _settings;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<GraphResponse> _retries;
    private readonly ResiliencePipeline _timeout;

    /// <summary>Creates a client.</summary>
    /// <param name="endpoints">Where Microsoft Graph is.</param>
    /// <param name="tokens">Where tokens come from.</param>
    /// <param name="handler">The handler of all calls, which must not follow redirects; it stays the caller's.</param>
    /// <param name="settings">How often and how long to try.</param>
    /// <param name="time">The clock of waits and time limits.</param>
    public GraphClient(ServiceEndpoints endpoints, ITokenSource tokens, HttpMessageHandler handler, RetrySettings settings, TimeProvider time)
    {
        Endpoints = endpoints;
        _tokens = tokens;
        _settings = settings;
        _time = time;

        // The time limit of a call is the pipeline's below, which runs on the given clock.
        _http = new HttpClient(handler, disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,

            // .NET Framework would ask leave for each body and lose a round trip.
            DefaultRequestHeaders = { ExpectContinue = false },
        };
        _retries = Retries();
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(settings.CallTimeout).Build();
    }

    /// <summary>Where the calls go.</summary>
    public ServiceEndpoints Endpoints { get; }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Makes a call and returns its answer, which is a success.</summary>
    /// <param name="request">The call.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GraphException">The answer is an error, or none came.</exception>
    /// <exception cref="InboundProvisioningException">No token, or a limit of our own.</exception>
    internal async Task<GraphResponse> SendAsync(GraphRequest request, IProgress<RetryNotice>? notices, CancellationToken cancellationToken)
    {
        var call = new GraphCall(request, notices, _time.GetTimestamp());
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(CallKey, call);
            GraphResponse response = await _retries.ExecuteAsync(
                async (attempt, client) => await client.AttemptAsync(call, attempt.CancellationToken).ConfigureAwait(false),
                context,
                this).ConfigureAwait(false);
            response = response with { Attempts = call.Attempts, Duration = Elapsed(call) };
            return IsUnderstood(request, response) ? response : throw GraphFault.From(request, response);
        }
        catch (Exception fault) when (ConnectionFault.IsOne(fault, cancellationToken))
        {
            InboundProvisioningException meaning = ConnectionFault.From(fault, Endpoints.Graph);
            throw new GraphException(meaning.ErrorId, meaning.Kind, $"{request.Purpose} failed after {(call.Attempts == 1 ? "1 attempt" : $"{call.Attempts} attempts")}: {meaning.Message}")
            {
                ClientRequestId = call.ClientRequestId,
                Attempts = call.Attempts,
                Duration = Elapsed(call),
            };
        }
        catch (InboundProvisioningException fault) when (fault is not GraphException)
        {
            // Without a token or a place within the limits this attempt has not gone; those before it have.
            fault.Data[AttemptsKey] = call.Attempts;
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>
    /// Reads a collection page by page, each when the one before has been dealt with. A page that breaks off is asked for again.
    /// </summary>
    /// <param name="first">The call of the first page; its limits hold for all.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GraphException">As <see cref="SendAsync"/>.</exception>
    /// <exception cref="InboundProvisioningException"><c>AnswerNotUnderstood</c>, or <c>NextPageElsewhere</c>: the token goes to the configured host only.</exception>
    internal async IAsyncEnumerable<GraphPage> ReadPagesAsync(
        GraphRequest first, IProgress<RetryNotice>? notices, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GraphRequest? request = first;
        while (request is not null)
        {
            using GraphPage page = GraphPage.Read(await SendAsync(request, notices, cancellationToken).ConfigureAwait(false));
            yield return page;
            request = page.Next is Uri next ? first with { Path = Endpoints.PathOf(next) } : null;
        }
    }

    private TimeSpan Elapsed(GraphCall call) => _time.GetElapsedTime(call.Started);

    private async Task<GraphResponse> AttemptAsync(GraphCall call, CancellationToken cancellationToken)
    {
        AccessToken token = await _tokens.GetTokenAsync(refused: null, cancellationToken).ConfigureAwait(false);
        GraphResponse response = await SendOnceAsync(call, token, cancellationToken).ConfigureAwait(false);
        if (response.Status == 401 && !call.TokenRenewed)
        {
            call.TokenRenewed = true;
            try
            {
                token = await _tokens.GetTokenAsync(refused: token, cancellationToken).ConfigureAwait(false);
            }
            catch (InboundProvisioningException fault) when (fault.ErrorId == "AccessTokenRefused" && GraphFault.IsForeign(response))
            {
                // It is not the service that refuses the token which cannot be renewed.
                return response;
            }

            response = await SendOnceAsync(call, token, cancellationToken).ConfigureAwait(false);
        }

        return response;
    }

    private async Task<GraphResponse> SendOnceAsync(GraphCall call, AccessToken token, CancellationToken cancellationToken)
    {
        CallLimits? limits = call.Request.Limits;
        using IDisposable? lease = limits is null ? null : await limits.AcquireAsync(cancellationToken).ConfigureAwait(false);
        call.FirstReleased ??= _time.GetTimestamp();
        call.Attempts++;
        call.ClientRequestId = Guid.NewGuid().ToString();
        GraphResponse response = await _timeout.ExecuteAsync(
            async (state, limited) => await state.Client.ExchangeAsync(state.Call, state.Token, limited).ConfigureAwait(false),
            (Client: this, Call: call, Token: token),
            cancellationToken).ConfigureAwait(false);
        if (response is { Status: 429, RetryAfter: TimeSpan wait })
        {
            limits?.Pause(wait);
        }

        return response;
    }

    private async Task<GraphResponse> ExchangeAsync(GraphCall call, AccessToken token, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(call.Request.Method, Endpoints.Resource(call.Request.Path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        message.Headers.UserAgent.Add(UserAgent);
        message.Headers.Add("client-request-id", call.ClientRequestId);
        message.Headers.Add("return-client-request-id", "true");
        if (call.Request.Body is byte[] body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(call.Request.ContentType);
        }

        // Read to its end inside, so that the time limit holds for the body too.
        using HttpResponseMessage answer = await _http.SendAsync(
            message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        int most = answer.IsSuccessStatusCode ? call.Request.LargestAnswer : LargestError;
        (byte[] content, bool isCut) = await BoundedContent.ReadAsync(answer, most, cancellationToken).ConfigureAwait(false);
        if (isCut && answer.IsSuccessStatusCode)
        {
            throw BoundedContent.TooLarge(call.Request.Purpose, most, Endpoints.Graph.Authority);
        }

        return new GraphResponse
        {
            Status = (int)answer.StatusCode,
            Body = content,
            IsCut = isCut,
            RequestId = Header(answer, "request-id"),
            ClientRequestId = call.ClientRequestId,
            Location = answer.Headers.Location,
            AnsweredOn = answer.Headers.Date ?? _time.GetUtcNow(),
            RetryAfter = RetryAfter.Read(answer.Headers, _time.GetUtcNow()),
            Attempts = call.Attempts,
        };
    }

    // A page is never an answer of Graph to what it has done, whatever its status says.
    private static bool IsUnderstood(GraphRequest request, GraphResponse response) =>
        response.Status == request.SuccessStatus
        || (request.SuccessStatus is null && response.IsSuccess && (request.Method == HttpMethod.Get || !ForeignAnswer.IsPage(response.Body)));

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private ResiliencePipeline<GraphResponse> Retries()
    {
        var builder = new ResiliencePipelineBuilder<GraphResponse> { TimeProvider = _time };
        if (_settings.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<GraphResponse>
            {
                MaxRetryAttempts = _settings.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _settings.FirstDelay,
                MaxDelay = _settings.LongestDelay,
                ShouldHandle = arguments => new ValueTask<bool>(
                    MayPass(arguments.Outcome, Call(arguments.Context).Request, arguments.Context.CancellationToken) && HasTimeLeft(arguments.Outcome, Call(arguments.Context))),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(Wait(arguments.Outcome)),
                OnRetry = arguments =>
                {
                    GraphCall call = Call(arguments.Context);
                    call.Notices?.Report(new RetryNotice(call.Request.Purpose, call.Attempts, arguments.RetryDelay, Reason(arguments.Outcome)));
                    return default;
                },
            });
        }

        return builder.Build();
    }

    private static GraphCall Call(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);

    private static bool MayPass(Outcome<GraphResponse> outcome, GraphRequest request, CancellationToken stop) => outcome.Exception is Exception fault
        ? !request.MakesSomething && ConnectionFault.MayPass(fault, stop)
        : outcome.Result!.Status is 429 or 503 || (!request.MakesSomething && outcome.Result.Status is (408 or 500 or 502 or 504));

    // A wait of nothing (0, or a date that has passed) would use up all retries at once: our own waits, which grow, take its place.
    private TimeSpan? Wait(Outcome<GraphResponse> outcome) =>
        outcome.Result?.RetryAfter is TimeSpan wait && wait >= _settings.FirstDelay ? wait : null;

    // The wait for the first place within the limits is no fault of the call.
    private bool HasTimeLeft(Outcome<GraphResponse> outcome, GraphCall call) =>
        (call.FirstReleased is long first ? _time.GetElapsedTime(first) : TimeSpan.Zero) + (outcome.Result?.RetryAfter ?? TimeSpan.Zero) < _settings.Total;

    private static string Reason(Outcome<GraphResponse> outcome) => outcome.Exception is Exception fault
        ? ConnectionFault.Reason(fault)
        : GraphFault.StatusText(outcome.Result!.Status);

    /// <summary>One call with all its attempts.</summary>
    private sealed class GraphCall(GraphRequest request, IProgress<RetryNotice>? notices, long started)
    {
        public GraphRequest Request => request;

        public IProgress<RetryNotice>? Notices => notices;

        public long Started => started;

        public long? FirstReleased { get; set; }

        public int Attempts { get; set; }

        public string ClientRequestId { get; set; } = string.Empty;

        public bool TokenRenewed { get; set; }
    }
}
