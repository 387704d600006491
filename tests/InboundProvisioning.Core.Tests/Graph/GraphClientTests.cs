using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using Xunit;

namespace InboundProvisioning.Core.Tests.Graph;

public sealed class GraphClientTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FakeService _service = new();
    private readonly FakeTokens _tokens = new();
    private readonly RecordedNotices _notices = new();

    [Fact]
    public async Task A_call_goes_to_the_graph_host_with_token_ids_and_body()
    {
        _service.Answer(202, headers: ("Location", "https://graph.microsoft.com/v1.0/auditLogs/provisioning"));

        GraphResponse response = await Send();

        SentRequest sent = Assert.Single(_service.Sent);
        Assert.Equal("https://graph.microsoft.com/v1.0/servicePrincipals/x", sent.Uri.AbsoluteUri);
        Assert.Equal("token-1", sent.Token);
        Assert.Equal("application/scim+json", sent.ContentType);
        Assert.Equal("{}", Encoding.UTF8.GetString(sent.Body!));
        Assert.True(Guid.TryParse(sent.ClientRequestId, out _));
        Assert.Equal(sent.ClientRequestId, response.ClientRequestId);
        Assert.Equal((202, 1), (response.Status, response.Attempts));
        Assert.Equal("00000000-0000-0000-0000-000000000001", response.RequestId);
        Assert.Equal("https://graph.microsoft.com/v1.0/auditLogs/provisioning", response.Location!.AbsoluteUri);
    }

    [Fact]
    public async Task The_body_goes_without_asking_leave()
    {
        bool? expectContinue = null;
        _service.Answer((request, _) =>
        {
            expectContinue = request.Headers.ExpectContinue;
            return Task.FromResult(FakeService.Response(202));
        });

        await Send();

        Assert.False(expectContinue);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        _service.Answer(status).Answer(status).Answer(202);

        GraphResponse response = await Send();

        Assert.Equal((202, 3), (response.Status, response.Attempts));
        Assert.Equal([1, 2], _notices.Select(notice => notice.Attempt));
        Assert.All(_notices, notice => Assert.StartsWith(status.ToString(CultureInfo.InvariantCulture), notice.Reason, StringComparison.Ordinal));
        Assert.Equal(3, _service.Sent.Select(sent => sent.ClientRequestId).Distinct().Count());
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task A_call_that_makes_something_is_not_repeated_where_it_may_have_been_taken(int status)
    {
        _service.Answer(status, FakeService.Error("Some_Code", "Some words."));
        using GraphClient client = Client(new RetrySettings());

        await Assert.ThrowsAsync<GraphException>(
            () => client.SendAsync(Request(limits: null) with { MakesSomething = true }, _notices, CancellationToken.None));

        Assert.Single(_service.Sent);
    }

    [Fact]
    public async Task A_dropped_connection_is_tried_again()
    {
        _service
            .Throw(new HttpRequestException("An error occurred while sending the request.", new IOException("The connection was reset.")))
            .Throw(new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)))
            .Answer((_, _) => Task.FromResult(new HttpResponseMessage { Content = new BrokenContent() }))
            .Answer(202);

        GraphResponse response = await Send();

        Assert.Equal(4, response.Attempts);
    }

    [Theory]
    [InlineData(400, "RequestRefused", FaultKind.Refused)]
    [InlineData(403, "PermissionMissing", FaultKind.PermissionDenied)]
    [InlineData(404, "NotFound", FaultKind.NotFound)]
    [InlineData(413, "RequestRefused", FaultKind.Refused)]
    [InlineData(302, "RedirectRefused", FaultKind.Connection)]
    public async Task What_cannot_pass_is_not_tried_again(int status, string errorId, FaultKind kind)
    {
        _service.Answer(status, FakeService.Error("Some_Code", "Some words."), ("Location", "https://evil.example/x"));

        GraphException fault = await Assert.ThrowsAsync<GraphException>(Send);

        Assert.Single(_service.Sent);
        Assert.Equal((errorId, kind, (int?)status, "Some_Code"), (fault.ErrorId, fault.Kind, fault.Status, fault.Code));
        Assert.Contains("Some words", fault.Message, StringComparison.Ordinal);
        Assert.Contains("00000000-0000-0000-0000-000000000001", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_403_names_the_permission_and_a_404_what_was_looked_for()
    {
        _service.Answer(403);
        Assert.Contains("The.Permission", (await Assert.ThrowsAsync<GraphException>(Send)).Message, StringComparison.Ordinal);
        _service.Answer(404);
        Assert.Contains("the subject", (await Assert.ThrowsAsync<GraphException>(Send)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_page_that_is_not_graphs_is_still_an_error()
    {
        _service.Answer(400, "<html>Proxy</html>");

        GraphException fault = await Assert.ThrowsAsync<GraphException>(Send);

        Assert.Null(fault.Code);
        Assert.Contains("400 Bad Request", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_end_with_their_count()
    {
        _service.Answer(503);

        GraphException fault = await Assert.ThrowsAsync<GraphException>(() => Send(new RetrySettings { Retries = 2 }));

        Assert.Equal(("ServiceUnavailable", 3), (fault.ErrorId, fault.Attempts));
        Assert.Equal(3, _service.Sent.Count);
    }

    [Fact]
    public async Task Without_retries_the_first_answer_counts()
    {
        _service.Answer(503);

        await Assert.ThrowsAsync<GraphException>(() => Send(new RetrySettings { Retries = 0 }));

        Assert.Single(_service.Sent);
    }

    [Fact]
    public async Task The_waits_grow_and_have_an_upper_bound()
    {
        _service.Answer(503);

        await Assert.ThrowsAsync<GraphException>(() => Send(new RetrySettings { Retries = 10 }));

        Assert.All(_notices, notice => Assert.InRange(notice.Delay, TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        Assert.True(_notices.Skip(5).Average(notice => notice.Delay.TotalSeconds) > _notices.Take(2).Average(notice => notice.Delay.TotalSeconds));
    }

    [Theory]
    [InlineData("2", 2.0)]
    [InlineData("1.25", 1.25)]
    [InlineData("Sun, 01 Mar 2026 08:00:07 GMT", 7.0)]
    public async Task The_service_decides_on_the_wait(string retryAfter, double seconds)
    {
        _service.Answer(429, headers: ("Retry-After", retryAfter)).Answer(202);

        await Send();

        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(_notices).Delay);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Sun, 01 Mar 2026 07:00:00 GMT")]
    public async Task A_wait_of_nothing_does_not_use_up_the_retries_at_once(string retryAfter)
    {
        _service.Answer(503, headers: ("Retry-After", retryAfter));

        GraphException fault = await Assert.ThrowsAsync<GraphException>(Send);

        Assert.Equal(7, fault.Attempts);
        Assert.True(fault.Duration > TimeSpan.FromSeconds(10), fault.Duration.ToString());
    }

    [Fact]
    public async Task Waiting_for_a_place_within_the_limits_does_not_count_as_time_of_retries()
    {
        using var limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 2, Window = TimeSpan.FromHours(1) }, callsPerDay: null, _clock);
        (await limits.AcquireAsync(CancellationToken.None)).Dispose();
        (await limits.AcquireAsync(CancellationToken.None)).Dispose();
        using GraphClient client = Client(new RetrySettings { Retries = 1 });
        _service.Answer(503).Answer(202);

        Task<GraphResponse> call = client.SendAsync(Request(limits), _notices, CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(1.1));
        GraphResponse response = await _clock.RunUntil(call);

        Assert.Equal((202, 2), (response.Status, response.Attempts));
    }

    [Fact]
    public async Task A_wait_beyond_the_bound_ends_the_call_at_once_and_is_named()
    {
        _service.Answer(429, headers: ("Retry-After", "40000"));

        GraphException fault = await Assert.ThrowsAsync<GraphException>(Send);

        Assert.Single(_service.Sent);
        Assert.Equal(("LimitReached", FaultKind.LimitReached), (fault.ErrorId, fault.Kind));
        Assert.Contains("11:06:40", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_429_holds_back_the_other_calls_of_the_same_limit()
    {
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, _clock);
        _service.Answer(429, headers: ("Retry-After", "9"));
        await Assert.ThrowsAsync<GraphException>(() => Send(new RetrySettings { Retries = 0 }, limits));

        Task<IDisposable> next = limits.AcquireAsync(CancellationToken.None).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(8.9));
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        (await next).Dispose();
    }

    [Fact]
    public async Task A_call_without_an_answer_ends_at_its_time_limit()
    {
        _service.Answer(async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            throw new InvalidOperationException();
        });

        GraphException fault = await Assert.ThrowsAsync<GraphException>(
            () => Send(new RetrySettings { Retries = 1, CallTimeout = TimeSpan.FromSeconds(30) }));

        Assert.Equal(("ServiceTimeout", 2, null), (fault.ErrorId, fault.Attempts, fault.Status));
        Assert.True(fault.Duration >= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        _service.Answer(401).Answer(202);

        GraphResponse response = await Send();

        Assert.Equal(["token-1", "token-2"], _service.Tokens);
        Assert.Equal((2, 1), (response.Attempts, _tokens.Renewals));
    }

    [Fact]
    public async Task A_token_that_is_refused_again_is_an_error()
    {
        _service.Answer(401);

        GraphException fault = await Assert.ThrowsAsync<GraphException>(Send);

        Assert.Equal(("TokenRefused", FaultKind.Authentication), (fault.ErrorId, fault.Kind));
        Assert.Equal(["token-1", "token-2"], _service.Tokens);
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_is_an_error_at_once()
    {
        _service.Throw(new HttpRequestException("The SSL connection could not be established.", new AuthenticationException("UntrustedRoot")));

        GraphException fault = await Assert.ThrowsAsync<GraphException>(Send);

        Assert.Equal("ServerNotTrusted", fault.ErrorId);
        Assert.Contains("-TrustedRootCertificatePath", fault.Message, StringComparison.Ordinal);
        Assert.Single(_service.Sent);
    }

    [Fact]
    public async Task Stopping_ends_a_wait()
    {
        using var stop = new CancellationTokenSource();
        using GraphClient client = Client(new RetrySettings());
        _service.Answer(429, headers: ("Retry-After", "500"));
        Task<GraphResponse> call = client.SendAsync(Request(null), _notices, stop.Token);
        SpinWait.SpinUntil(() => !_notices.IsEmpty);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Beyond_the_daily_limit_a_call_is_not_made()
    {
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: 2, _clock);
        _service.Answer(202);
        await Send(limits: limits);
        await Send(limits: limits);

        InboundProvisioningException fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => Send(limits: limits));

        Assert.Equal(("DailyCallLimitReached", FaultKind.LimitReached), (fault.ErrorId, fault.Kind));
        Assert.Equal(2, _service.Sent.Count);
    }

    [Fact]
    public async Task A_daily_limit_that_is_set_later_counts_the_calls_before()
    {
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, _clock);
        _service.Answer(202);
        await Send(limits: limits);
        await Send(limits: limits);

        limits.Change(new CallRateLimiterOptions { CallLimit = 10 }, callsPerDay: 2);

        Assert.Equal("DailyCallLimitReached", (await Assert.ThrowsAsync<InboundProvisioningException>(() => Send(limits: limits))).ErrorId);
    }

    [Fact]
    public async Task A_collection_is_read_page_by_page_on_the_configured_host()
    {
        _service
            .Answer(200, """{"value":[{"id":"a"},{"id":"b"}],"@odata.nextLink":"https://graph.microsoft.com/v1.0/things?$skiptoken=x%20y"}""")
            .Answer(200, """{"value":[{"id":"c"}]}""");
        using GraphClient client = Client(new RetrySettings());

        var ids = new List<string?>();
        await foreach (GraphPage page in client.ReadPagesAsync(Request(limits: null), _notices, CancellationToken.None))
        {
            ids.AddRange(page.Items.Select(item => item.GetProperty("id").GetString()));
        }

        Assert.Equal(["a", "b", "c"], ids);
        Assert.Equal("https://graph.microsoft.com/v1.0/things?$skiptoken=x%20y", _service.Sent.Last().Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("https://graph.example.com/v1.0/things")]
    [InlineData("http://graph.microsoft.com/v1.0/things")]
    [InlineData("https://graph.microsoft.com.example.com/v1.0/things")]
    public async Task A_next_page_elsewhere_is_not_asked_for(string link)
    {
        _service.Answer(200, $$"""{"value":[],"@odata.nextLink":"{{link}}"}""");
        using GraphClient client = Client(new RetrySettings());

        InboundProvisioningException fault = await Assert.ThrowsAsync<InboundProvisioningException>(async () =>
        {
            await foreach (GraphPage page in client.ReadPagesAsync(Request(limits: null), _notices, CancellationToken.None))
            {
                Assert.Empty(page.Items);
            }
        });

        Assert.Equal("NextPageElsewhere", fault.ErrorId);
        Assert.Single(_service.Sent);
    }

    private static GraphRequest Request(CallLimits? limits) =>
        new(HttpMethod.Post, "servicePrincipals/x", "Doing something", "The.Permission", "the subject")
        {
            Body = "{}"u8.ToArray(),
            ContentType = "application/scim+json",
            Limits = limits,
        };

    private GraphClient Client(RetrySettings settings) =>
        new(ServiceEndpoints.Create(CloudEnvironment.Global), _tokens, _service, settings, _clock);

    private Task<GraphResponse> Send() => Send(new RetrySettings());

    private async Task<GraphResponse> Send(RetrySettings? settings = null, CallLimits? limits = null)
    {
        using GraphClient client = Client(settings ?? new RetrySettings());
        return await _clock.RunUntil(client.SendAsync(Request(limits), _notices, CancellationToken.None));
    }

    /// <summary>A body that breaks off.</summary>
    private sealed class BrokenContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) =>
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");

        protected override bool TryComputeLength(out long length)
        {
            length = 100;
            return true;
        }
    }
}
