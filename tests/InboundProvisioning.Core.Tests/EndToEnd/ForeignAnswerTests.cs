using System;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Tokens;
using InboundProvisioning.Core.Tests.Authentication;
using InboundProvisioning.Core.Tests.Graph;
using InboundProvisioning.Core.Tests.Scim;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Scim;
using InboundProvisioning.Upload;
using Xunit;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>What answers is not the service: a proxy's page, another status, a body without an end. On real HTTPS.</summary>
[Collection(nameof(MeasuresMemory))]
public sealed class ForeignAnswerTests
{
    private const string SignInPage = "<!DOCTYPE html><html><head>\n<TITLE>Contoso &amp; Co:\n  Sign in</TITLE></head><body>eyJ</body></html>";

    private static readonly ProvisioningJobAddress Job = new("11111111-0000-0000-0000-000000000000", "API2AAD.t.g");

    [Theory]
    [InlineData("200 OK", SignInPage, "'Contoso & Co: Sign in'")]
    [InlineData("200 OK", "", "without a body")]
    [InlineData("200 OK", "{\"ok\":true}", "200 OK")]
    [InlineData("201 Created", "", "201 Created")]
    [InlineData("204 No Content", "", "204 No Content")]
    public async Task An_upload_is_accepted_by_202_alone(string status, string body, string named)
    {
        using var server = new StrayServer(status, body);

        BulkUploadOutcome outcome = await UploadAsync(server, retries: 6);

        Assert.Equal(("AnswerNotUnderstood", true, false, 1), (outcome.Fault?.ErrorId, outcome.EndsRun, outcome.IsAccepted, server.Calls));
        Assert.Contains(named, outcome.Fault!.Message, StringComparison.Ordinal);
        Assert.Contains("not Microsoft Graph's", outcome.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", outcome.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("401 Unauthorized", "AnswerNotOfService")]
    [InlineData("403 Forbidden", "AnswerNotOfService")]
    [InlineData("404 Not Found", "AnswerNotOfService")]
    [InlineData("407 Proxy Authentication Required", "ProxyAuthenticationRequired")]
    [InlineData("502 Bad Gateway", "ServiceUnavailable")]
    [InlineData("408 Request Timeout", "ServiceUnavailable")]
    [InlineData("429 Too Many Requests", "LimitReached")]
    [InlineData("400 Bad Request", "AnswerNotOfService")]
    [InlineData("413 Content Too Large", "AnswerNotOfService")]
    [InlineData("304 Not Modified", "RedirectRefused")]
    public async Task An_error_that_is_not_of_the_service_is_said_to_be_so(string status, string errorId)
    {
        using var server = new StrayServer(status, SignInPage);

        foreach (InboundProvisioningException? fault in new[] { (await UploadAsync(server, retries: 0)).Fault, await ReadAsync(server) })
        {
            Assert.Equal(errorId, fault?.ErrorId);
            Assert.Contains("not Microsoft Graph's: a proxy or gateway", fault!.Message, StringComparison.Ordinal);
            Assert.True(
                status.StartsWith("304", StringComparison.Ordinal) || fault.Message.Contains("'Contoso & Co: Sign in'", StringComparison.Ordinal), fault.Message);
            Assert.DoesNotContain("permission", fault.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("The service", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("''", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("400 Bad Request")]
    [InlineData("413 Content Too Large")]
    public async Task A_refusal_that_is_not_of_the_service_ends_the_run_and_blames_no_record(string status)
    {
        using var server = new StrayServer(status, SignInPage);

        BulkUploadOutcome outcome = await UploadAsync(server, retries: 6, people: ["a", "b", "c", "d"]);

        Assert.Equal(("AnswerNotOfService", true, 0, 1), (outcome.Fault?.ErrorId, outcome.EndsRun, outcome.Parts.Count, server.Calls));
    }

    [Fact]
    public async Task A_page_that_refuses_a_given_token_is_not_taken_for_the_service()
    {
        using var server = new StrayServer("401 Unauthorized", SignInPage);

        BulkUploadOutcome outcome = await UploadAsync(server, retries: 6, new GivenTokenSource(Secrets.Of("opaque"), TimeProvider.System));

        Assert.Equal(("AnswerNotOfService", true, 1), (outcome.Fault?.ErrorId, outcome.EndsRun, server.Calls));
        Assert.Contains("'Contoso & Co: Sign in'", outcome.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_token_that_the_service_refuses_is_said_to_be_refused()
    {
        using var server = new StrayServer("401 Unauthorized", FakeService.Error("InvalidAuthenticationToken", "Expired."), "application/json");

        Assert.Equal(
            "AccessTokenRefused", (await UploadAsync(server, retries: 6, new GivenTokenSource(Secrets.Of("opaque"), TimeProvider.System))).Fault?.ErrorId);
    }

    [Fact]
    public async Task A_body_that_is_not_compressed_as_its_header_says_is_tried_again()
    {
        using var server = new StrayServer((call, stream) => call < 3
            ? StrayServer.WriteAsync(stream, "202 Accepted", "no gzip at all", "text/html\r\nContent-Encoding: gzip")
            : StrayServer.WriteAsync(stream, "202 Accepted", string.Empty));

        BulkUploadOutcome outcome = await UploadAsync(server, retries: 3);

        Assert.Equal((true, 3), (outcome.IsAccepted, outcome.Result?.Attempts));
    }

    [Fact]
    public async Task A_body_that_stays_broken_is_a_fault_in_words()
    {
        using var server = new StrayServer("500 Internal Server Error", "no gzip at all", "text/html\r\nContent-Encoding: gzip");

        InboundProvisioningException? fault = (await UploadAsync(server, retries: 0)).Fault;

        Assert.Equal(("ServiceUnreachable", FaultKind.Connection), (fault?.ErrorId, fault?.Kind));
        Assert.Contains("failed after 1 attempt:", fault!.Message, StringComparison.Ordinal);
        Assert.Contains("Content-Encoding", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_an_error_cannot_steer_a_terminal_nor_fill_it()
    {
        using var server = new StrayServer(
            "400 Bad Request", FakeService.Error("Bad\\u001b[2J", "red \\u001b[31m\\u202e" + new string('x', 100_000)), "application/json");

        string message = (await UploadAsync(server, retries: 0)).Fault!.Message;

        Assert.DoesNotContain(message, static letter => char.IsControl(letter) || letter == '\u202e');
        Assert.Contains("red [31m xxx", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1000, 1500);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("202 Accepted")]
    public async Task A_page_in_place_of_what_was_to_be_read_is_said_to_be_so(string status)
    {
        using var server = new StrayServer(status, SignInPage);

        InboundProvisioningException? fault = await ReadAsync(server);

        Assert.Equal("AnswerNotUnderstood", fault?.ErrorId);
        Assert.Contains("not Microsoft Graph's", fault!.Message, StringComparison.Ordinal);
        Assert.Contains("'Contoso & Co: Sign in'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_in_answer_to_an_action_does_not_count_as_done()
    {
        using var server = new StrayServer("200 OK", SignInPage);
        using GraphClient graph = Client(server, retries: 0, out IDisposable handler);
        using (handler)
        {
            var fault = await Assert.ThrowsAsync<GraphException>(
                () => new ProvisioningJobClient(graph, notices: null, TimeProvider.System).StartAsync(Job, CancellationToken.None));

            Assert.Equal("AnswerNotUnderstood", fault.ErrorId);
        }
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("408 Request Timeout")]
    public async Task An_upload_that_met_a_fault_which_may_pass_is_tried_again(string status)
    {
        using var server = new StrayServer(
            (call, stream) => call < 3 ? StrayServer.WriteAsync(stream, status, "{}", "application/json") : StrayServer.WriteAsync(stream, "202 Accepted", string.Empty));

        BulkUploadOutcome outcome = await UploadAsync(server, retries: 3);

        Assert.Equal((true, 3), (outcome.IsAccepted, outcome.Result?.Attempts));
    }

    [Fact]
    public async Task An_error_without_an_end_is_cut_and_memory_stays_flat()
    {
        int taken = -1;
        using var server = new StrayServer(async (_, stream) => taken = await StrayServer.WriteEndlessAsync(stream, "403 Forbidden", megabytes: 300));

        long before = GC.GetTotalAllocatedBytes();
        BulkUploadOutcome outcome = await UploadAsync(server, retries: 0);
        long allocated = GC.GetTotalAllocatedBytes() - before;

        Assert.Equal("AnswerNotOfService", outcome.Fault?.ErrorId);
        Assert.InRange(allocated, 0, 64L * 1024 * 1024);
        Assert.InRange(taken, -1, 100);
    }

    [Theory]
    [InlineData("200 OK", "32 MB")]
    [InlineData("202 Accepted", "64 KB")]
    public async Task An_answer_that_is_larger_than_any_of_its_kind_is_a_fault(string status, string bound)
    {
        using var server = new StrayServer((_, stream) => StrayServer.WriteEndlessAsync(stream, status, megabytes: 300));

        InboundProvisioningException? fault = status.StartsWith("200", StringComparison.Ordinal) ? await ReadAsync(server) : (await UploadAsync(server, retries: 6)).Fault;

        Assert.Equal("AnswerTooLarge", fault?.ErrorId);
        Assert.Contains(bound, fault!.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Calls);
    }

    private static GraphClient Client(StrayServer server, int retries, out IDisposable handler, ITokenSource? tokens = null)
    {
        HttpMessageHandler calls = ServiceHttpHandler.Create(trustedRoot: TrustedRoot.Read(server.RootPath));
        handler = calls;
        return new GraphClient(
            ServiceEndpoints.Create(CloudEnvironment.Global, server.Address, server.Address),
            tokens ?? new FakeTokens(),
            calls,
            new RetrySettings { Retries = retries, FirstDelay = TimeSpan.FromMilliseconds(10) },
            TimeProvider.System);
    }

    private static async Task<BulkUploadOutcome> UploadAsync(StrayServer server, int retries, ITokenSource? tokens = null, params string[] people)
    {
        using GraphClient graph = Client(server, retries, out IDisposable handler, tokens);
        using (handler)
        {
            using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, TimeProvider.System);
            using var queue = new BulkUploadQueue(graph, limits, Job, throttleLimit: 1, notices: null, CancellationToken.None);
            return await queue.Enqueue(1, BulkRequestDocument.Read("day.json", 1, Encoding.UTF8.GetBytes(Payload.Of(people is [] ? ["a"] : people))));
        }
    }

    private static async Task<InboundProvisioningException?> ReadAsync(StrayServer server)
    {
        using GraphClient graph = Client(server, retries: 0, out IDisposable handler);
        using (handler)
        {
            return await Record.ExceptionAsync(() => new ProvisioningJobLocator(graph).LocateAsync(
                Job.ServicePrincipalId, jobId: null, notices: null, CancellationToken.None)) as InboundProvisioningException;
        }
    }
}
