using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Graph;
using InboundProvisioning.Core.Tests.Scim;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Scim;
using InboundProvisioning.Upload;
using Xunit;

namespace InboundProvisioning.Core.Tests.Upload;

public sealed class BulkUploadQueueTests : IDisposable
{
    private static readonly ProvisioningJobAddress Job = new("11111111-0000-0000-0000-000000000000", "API2AAD.t.g");

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeService _service = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CallLimits _limits;
    private readonly GraphClient _graph;

    public BulkUploadQueueTests()
    {
        _limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, _clock);
        _graph = new GraphClient(ServiceEndpoints.Create(CloudEnvironment.Global), new FakeTokens(), _service, new RetrySettings { Retries = 0 }, _clock);
    }

    public void Dispose()
    {
        _graph.Dispose();
        _limits.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task An_accepted_request_says_what_and_how()
    {
        _service.Answer(202, headers: [("Location", "https://graph.microsoft.com/v1.0/auditLogs/provisioning"), ("Date", "Sun, 01 Mar 2026 07:59:58 GMT")]);
        using BulkUploadQueue queue = Queue();

        BulkUploadOutcome outcome = await queue.Enqueue(7, Document("a", "b"));

        Assert.True(outcome.IsAccepted);
        BulkUploadResult result = outcome.Result!;
        Assert.Equal((7, "/data/payload.json", 1, 2, 202, "202 Accepted", 1), (result.Index, result.Source, result.Document, result.OperationCount, result.Status, result.StatusText, result.Attempts));
        Assert.Equal(["a", "b"], result.ExternalIds);
        Assert.Equal("00000000-0000-0000-0000-000000000001", result.RequestId);
        Assert.Equal((Job.ServicePrincipalId, Job.JobId), (result.ServicePrincipalId, result.JobId));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 7, 59, 58, TimeSpan.Zero), result.AcceptedOn);
        SentRequest sent = Assert.Single(_service.Sent);
        Assert.Equal("application/scim+json", sent.ContentType);
        Assert.EndsWith("/v1.0/servicePrincipals/11111111-0000-0000-0000-000000000000/synchronization/jobs/API2AAD.t.g/bulkUpload", sent.Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_requests_are_in_flight_but_no_more_than_the_throttle_limit()
    {
        var gate = new GatedService(_service);
        using BulkUploadQueue queue = Queue(throttleLimit: 3);
        List<Task<BulkUploadOutcome>> uploads = [.. Enumerable.Range(1, 9).Select(i => queue.Enqueue(i, Document($"p{i}")))];

        await gate.WaitForInFlight(3);
        gate.OpenForAll();
        await Task.WhenAll(uploads);

        Assert.Equal(3, gate.MostInFlight);
        Assert.Equal(9, _service.Sent.Count);
    }

    [Fact]
    public async Task Two_records_of_one_person_are_never_in_flight_together()
    {
        var gate = new GatedService(_service);
        using BulkUploadQueue queue = Queue(throttleLimit: 4);
        Task<BulkUploadOutcome> first = queue.Enqueue(1, Document("ann", "bob"));
        Task<BulkUploadOutcome> second = queue.Enqueue(2, Document("cid", "BOB"));
        Task<BulkUploadOutcome> third = queue.Enqueue(3, Document("cid"));
        Task<BulkUploadOutcome> other = queue.Enqueue(4, Document("dan"));

        await gate.WaitForInFlight(2);
        Assert.Equal(["ann", "dan"], gate.InFlight.Order());

        gate.Open("dan");
        await other;
        gate.Open("ann");
        await first;
        await gate.WaitForInFlight(1);
        Assert.Equal(["cid,BOB"], gate.InFlight.Select(name => name == "cid" && _service.Sent.Count == 3 ? "cid,BOB" : name));

        gate.OpenForAll();
        await Task.WhenAll(second, third);
        Assert.Equal(4, _service.Sent.Count);
    }

    [Fact]
    public async Task A_refused_request_leaves_the_others_alone()
    {
        _service.Answer(202).Answer(400, FakeService.Error("BadRequest", "Invalid Data Format")).Answer(202);
        using BulkUploadQueue queue = Queue(throttleLimit: 1);

        BulkUploadOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => queue.Enqueue(i, Document($"p{i}"))));

        Assert.Equal(2, outcomes.Count(outcome => outcome.IsAccepted));
        BulkUploadOutcome refused = Assert.Single(outcomes, outcome => outcome.Fault is not null);
        Assert.Equal((400, false), (refused.Result!.Status, refused.EndsRun));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(301)]
    public async Task A_fault_that_every_request_would_meet_ends_the_run(int status)
    {
        _service.Answer(status);
        using BulkUploadQueue queue = Queue(throttleLimit: 1);

        BulkUploadOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => queue.Enqueue(i, Document($"p{i}"))));

        Assert.Single(outcomes, outcome => outcome.EndsRun);
        Assert.Equal(3, outcomes.Count(outcome => outcome.IsUnsent));
    }

    [Fact]
    public async Task The_third_outage_in_a_row_ends_the_run()
    {
        _service.Answer(503).Answer(503).Answer(202).Answer(503);
        using BulkUploadQueue queue = Queue(throttleLimit: 1);

        var outcomes = new List<BulkUploadOutcome>();
        for (int i = 1; i <= 7; i++)
        {
            outcomes.Add(await queue.Enqueue(i, Document($"p{i}")));
        }

        Assert.Equal([false, false, false, false, false, true, false], outcomes.Select(outcome => outcome.EndsRun));
        Assert.True(outcomes[6].IsUnsent);
        Assert.Equal(6, _service.Sent.Count);
    }

    [Fact]
    public async Task After_a_404_an_app_id_is_looked_up_once_and_the_requests_are_sent_again()
    {
        const string Found = "22222222-0000-0000-0000-000000000000";
        for (int i = 0; i < 20; i++)
        {
            _service.Answer((request, _) => Task.FromResult(request.Method == HttpMethod.Get
                ? FakeService.Response(200, $$"""{"value":[{"id":"{{Found}}"}]}""")
                : FakeService.Response(request.RequestUri!.AbsoluteUri.Contains(Found, StringComparison.Ordinal) ? 202 : 404)));
        }

        using BulkUploadQueue queue = Queue(throttleLimit: 4);
        BulkUploadOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => queue.Enqueue(i, Document($"p{i}"))));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsAccepted));
        Assert.Single(_service.Sent, sent => sent.Method == "GET");
    }

    [Fact]
    public async Task A_document_with_a_fault_is_not_sent()
    {
        using BulkUploadQueue queue = Queue();
        BulkRequestDocument empty = BulkRequestDocument.Read("/data/payload.json", 1, "{}"u8.ToArray());

        BulkUploadOutcome outcome = await queue.Enqueue(1, empty);

        Assert.Equal("PayloadInvalid", outcome.Fault!.ErrorId);
        Assert.Empty(_service.Sent);
    }

    [Fact]
    public async Task Ending_leaves_the_rest_unsent_and_waits_for_what_is_in_flight()
    {
        var gate = new GatedService(_service);
        using BulkUploadQueue queue = Queue(throttleLimit: 1);
        Task<BulkUploadOutcome> first = queue.Enqueue(1, Document("ann"));
        await gate.WaitForInFlight(1);
        Task<BulkUploadOutcome> second = queue.Enqueue(2, Document("bob"));

        queue.End();
        gate.OpenForAll();

        Assert.True((await first).IsAccepted);
        Assert.True((await second).IsUnsent);
    }

    [Fact]
    public async Task A_long_wait_that_the_service_asks_for_ends_the_run_and_the_next_one_at_once()
    {
        using var limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 1 }, callsPerDay: null, _clock);
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _service.Answer((_, _) => answer.Task);
        using var queue = new BulkUploadQueue(_graph, limits, Job, throttleLimit: 4, notices: null, _stop.Token);
        List<Task<BulkUploadOutcome>> uploads = [.. Enumerable.Range(1, 3).Select(i => queue.Enqueue(i, Document($"p{i}")))];
        SpinWait.SpinUntil(() => !_service.Sent.IsEmpty);

        answer.SetResult(FakeService.Response(429, headers: ("Retry-After", "72000")));
        BulkUploadOutcome[] outcomes = await Task.WhenAll(uploads);
        using var nextQueue = new BulkUploadQueue(_graph, limits, Job, throttleLimit: 4, notices: null, _stop.Token);
        BulkUploadOutcome next = await nextQueue.Enqueue(1, Document("p4"));

        Assert.Single(_service.Sent);
        Assert.All(outcomes, outcome => Assert.False(outcome.IsAccepted));
        Assert.Contains(outcomes, outcome => outcome.EndsRun);
        Assert.Equal((true, "LimitReached"), (next.EndsRun, next.Fault!.ErrorId));
        Assert.Contains("20:00:00", next.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_ends_what_is_in_flight()
    {
        var gate = new GatedService(_service);
        using BulkUploadQueue queue = Queue();
        Task<BulkUploadOutcome> upload = queue.Enqueue(1, Document("ann"));
        await gate.WaitForInFlight(1);

        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
    }

    [Fact]
    public async Task Messages_name_batch_people_and_what_was_not_sent_and_stay_short()
    {
        _service.Answer(403);
        using BulkUploadQueue queue = Queue(throttleLimit: 1);
        BulkUploadOutcome outcome = await queue.Enqueue(3, Document([.. Enumerable.Range(1, 12).Select(i => $"p{i}")]));

        InboundProvisioningException fault = BulkUploadFault.OfRequest(outcome);
        BulkUploadStoppedException stopped = BulkUploadFault.OfRun(
            outcome, [], [.. Enumerable.Range(1, 15).Select(i => UnsentPayload.OfFile($"/data/{i}.json"))], moreMayFollow: true);

        Assert.Contains("request 3 (payload.json, 12 operations)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ExternalIds: p1, p2, p3, p4, p5, p6, p7, p8, p9, p10 and 2 more.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(12, Assert.IsType<BulkUploadResult>(fault.Target).ExternalIds.Count);
        Assert.Contains("Not sent (15): 1.json, 2.json,", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("and 5 more", stopped.Message, StringComparison.Ordinal);
        Assert.Equal("PermissionMissing", stopped.ErrorId);
        Assert.Equal(15, stopped.Unsent.Count);
    }

    private static BulkRequestDocument Document(params string[] externalIds)
    {
        BulkRequestDocument document = BulkRequestDocument.Read(
            "/data/payload.json", 1, Encoding.UTF8.GetBytes(Payload.Of(externalIds)));
        Assert.Null(document.Fault);
        return document;
    }

    private BulkUploadQueue Queue(int throttleLimit = 4) => new(_graph, _limits, Job, throttleLimit, notices: null, _stop.Token);
}
