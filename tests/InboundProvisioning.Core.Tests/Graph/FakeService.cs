using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Core.Tests.Graph;

/// <summary>A handler that stands for the service: it answers from a list, the last answer again and again, and keeps what was sent.</summary>
internal sealed class FakeService : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? _last;

    /// <summary>What was sent, in its order.</summary>
    public ConcurrentQueue<SentRequest> Sent { get; } = new();

    /// <summary>The bearer tokens that were sent.</summary>
    public IReadOnlyList<string?> Tokens => [.. Sent.Select(sent => sent.Token)];

    public FakeService Answer(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public FakeService Answer(int status, string body = "", params (string Name, string Value)[] headers) =>
        Answer((_, _) => Task.FromResult(Response(status, body, headers)));

    public FakeService Throw(Exception fault) => Answer((_, _) => Task.FromException<HttpResponseMessage>(fault));

    public static HttpResponseMessage Response(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        response.Headers.TryAddWithoutValidation("request-id", "00000000-0000-0000-0000-000000000001");
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    public static string Error(string code, string message) =>
        "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"innerError\":{\"date\":\"2026-03-01T08:00:00\",\"request-id\":\"r\",\"client-request-id\":\"c\"}}}";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[]? body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Sent.Enqueue(new SentRequest(
            request.Method.Method,
            request.RequestUri!,
            request.Headers.Authorization?.Parameter,
            request.Content?.Headers.ContentType?.ToString(),
            request.Headers.TryGetValues("client-request-id", out IEnumerable<string>? ids) ? ids.Single() : null,
            body));
        return await NextAnswer()(request, cancellationToken);
    }

    // Of two requests at a time one takes the last answer, and the other must find it.
    private Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> NextAnswer()
    {
        lock (_answers)
        {
            if (_answers.TryDequeue(out var next))
            {
                _last = next;
            }

            return _last!;
        }
    }
}
