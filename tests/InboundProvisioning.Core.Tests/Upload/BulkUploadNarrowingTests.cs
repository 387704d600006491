using System;
using System.Collections.Generic;
using System.Linq;
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

/// <summary>A request that is refused as a whole is cut until the operations at fault are alone.</summary>
public sealed class BulkUploadNarrowingTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FakeService _service = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CallLimits _limits;
    private readonly GraphClient _graph;
    private readonly BulkUploadQueue _queue;

    public BulkUploadNarrowingTests()
    {
        _limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 10_000 }, callsPerDay: null, _clock);
        _graph = new GraphClient(ServiceEndpoints.Create(CloudEnvironment.Global), new FakeTokens(), _service, new RetrySettings { Retries = 0 }, _clock);
        _queue = new BulkUploadQueue(
            _graph, _limits, new ProvisioningJobAddress("11111111-0000-0000-0000-000000000000", "API2AAD.t.g"), 4, notices: null, _stop.Token);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _graph.Dispose();
        _limits.Dispose();
        _stop.Dispose();
    }

    [Theory]
    [InlineData(new[] { 1 })]
    [InlineData(new[] { 50 })]
    [InlineData(new[] { 26 })]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 1, 2, 3 })]
    [InlineData(new[] { 1, 2, 49, 50 })]
    [InlineData(new[] { 7, 20, 33, 46 })]
    public async Task The_operations_at_fault_are_alone_and_the_others_are_delivered(int[] bad)
    {
        PickyService service = PickyService.Disliking(_service, [.. bad.Select(Person)]);

        BulkUploadOutcome outcome = await _queue.Enqueue(3, Document(50));

        List<BulkUploadOutcome> refused = [.. outcome.Parts.Where(part => !part.IsAccepted)];
        Assert.Equal(bad, refused.Select(part => part.Document.FirstOperation));
        Assert.All(refused, part => Assert.Equal((1, 400), (part.Document.OperationCount, part.Result!.Status)));
        Assert.Equal(Enumerable.Range(1, 50).Except(bad).Select(Person), service.Accepted.Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, 50).Select(Person), outcome.Parts.SelectMany(part => part.Document.ExternalIds));
        Assert.All(outcome.Parts, part => Assert.Equal((3, true), (part.Result!.Index, part.Result.IsPart)));
        Assert.InRange(service.Calls, 2, 1 + (2 * 6 * Math.Max(bad.Length, 2)));
        Assert.False(outcome.EndsRun);
    }

    [Theory]
    [InlineData(new[] { 1 })]
    [InlineData(new[] { 26 })]
    [InlineData(new[] { 7, 20, 33, 46 })]
    public async Task The_parts_are_delivered_in_the_order_of_the_operations(int[] bad)
    {
        PickyService service = PickyService.Disliking(_service, [.. bad.Select(Person)]);

        await _queue.Enqueue(1, Document(50));

        Assert.Equal(Enumerable.Range(1, 50).Except(bad).Select(Person), service.Accepted);
    }

    [Fact]
    public async Task The_message_names_operation_bulkId_and_externalId()
    {
        _ = PickyService.Disliking(_service, Person(7));

        BulkUploadOutcome outcome = await _queue.Enqueue(3, Document(20));

        string message = BulkUploadFault.OfRequest(outcome.Parts.Single(part => !part.IsAccepted)).Message;
        Assert.Contains("request 3 (payload.json operation 7)", message, StringComparison.Ordinal);
        Assert.Contains("ExternalId: p07, bulkId: 6-p07.", message, StringComparison.Ordinal);
        Assert.Contains("Invalid Data Format", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(50)]
    public async Task When_single_operations_are_all_refused_the_fault_is_the_requests_own(int operations)
    {
        var service = new PickyService(_service, _ => 400);

        BulkUploadOutcome outcome = await _queue.Enqueue(1, Document(operations));

        Assert.Empty(outcome.Parts);
        Assert.False(outcome.IsAccepted);
        Assert.Contains("Single operations of it are refused too", outcome.Fault!.Message, StringComparison.Ordinal);
        Assert.InRange(service.Calls, 3, 17);
    }

    [Fact]
    public async Task Three_requests_in_a_row_of_which_nothing_is_taken_end_the_run()
    {
        var service = new PickyService(_service, _ => 400);

        List<BulkUploadOutcome> outcomes = [];
        for (int i = 1; i <= 4; i++)
        {
            outcomes.Add(await _queue.Enqueue(i, Document(50)));
        }

        Assert.Equal([false, false, true, false], outcomes.Select(outcome => outcome.EndsRun));
        Assert.True(outcomes[3].IsUnsent);
        Assert.InRange(service.Calls, 3, 3 * 17);
    }

    [Fact]
    public async Task Single_bad_requests_never_end_the_run()
    {
        PickyService service = PickyService.Disliking(_service, "a", "b", "c", "d");

        BulkUploadOutcome[] outcomes = await Task.WhenAll(new[] { "a", "b", "c", "d", "e" }.Select((id, i) => _queue.Enqueue(i + 1, DocumentOf(id))));

        Assert.DoesNotContain(outcomes, outcome => outcome.EndsRun || outcome.IsUnsent);
        Assert.Equal(["e"], service.Accepted);
        Assert.Equal(5, service.Calls);
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_delivered_in_smaller_ones()
    {
        var service = new PickyService(_service, people => people.Count > 10 ? 413 : 202);

        BulkUploadOutcome outcome = await _queue.Enqueue(1, Document(50));

        Assert.All(outcome.Parts, part => Assert.True(part.IsAccepted));
        Assert.Equal(Enumerable.Range(1, 50).Select(Person), service.Accepted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task However_the_bad_ones_lie_no_operation_is_lost_or_sent_twice_and_the_calls_are_bounded()
    {
        var random = new Random(1);
        for (int run = 0; run < 300; run++)
        {
            int count = random.Next(2, 51);
            double share = random.NextDouble();
            string[] bad = [.. Enumerable.Range(1, count).Where(_ => random.NextDouble() < share).Select(Person)];
            using var service = new FakeService();
            PickyService picky = PickyService.Disliking(service, bad);
            using var graph = new GraphClient(ServiceEndpoints.Create(CloudEnvironment.Global), new FakeTokens(), service, new RetrySettings { Retries = 0 }, _clock);
            using var limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 10_000 }, callsPerDay: null, _clock);
            using var queue = new BulkUploadQueue(graph, limits, new ProvisioningJobAddress("11111111-0000-0000-0000-000000000000", "j"), 4, null, _stop.Token);

            BulkUploadOutcome outcome = await queue.Enqueue(1, Document(count));

            BulkUploadOutcome[] all = outcome.Parts.Count > 0 ? [.. outcome.Parts] : [outcome];
            Assert.Equal(Enumerable.Range(1, count).Select(Person), all.SelectMany(part => part.Document.ExternalIds));
            Assert.Equal(all.Where(part => part.IsAccepted).SelectMany(part => part.Document.ExternalIds), picky.Accepted.Order(StringComparer.Ordinal));
            Assert.Empty(picky.Accepted.Intersect(bad));
            Assert.All(all.Where(part => !part.IsAccepted), part => Assert.NotEmpty(part.Document.ExternalIds.Intersect(bad)));
            if (bad.Length <= 4 && bad.Length < count)
            {
                Assert.Equal(bad, all.Where(part => !part.IsAccepted).SelectMany(part => part.Document.ExternalIds));
            }

            Assert.InRange(picky.Calls, 1, 1 + (2 * 4 * 6) + 5);
        }
    }

    [Fact]
    public async Task A_request_with_too_many_bad_ones_says_that_not_each_was_found()
    {
        PickyService service = PickyService.Disliking(_service, [.. Enumerable.Range(1, 50).Where(i => i % 2 == 0).Select(Person)]);

        BulkUploadOutcome outcome = await _queue.Enqueue(1, Document(50));

        Assert.Contains(outcome.Parts, part => part.Fault?.Message.Contains("too many such", StringComparison.Ordinal) == true && part.Document.OperationCount > 1);
        Assert.Equal(outcome.Parts.Where(part => part.IsAccepted).Sum(part => part.Document.OperationCount), service.Accepted.Count);
    }

    [Fact]
    public async Task Another_fault_on_the_way_ends_the_run_and_what_was_not_sent_is_known()
    {
        int calls = 0;
        _ = new PickyService(_service, people => ++calls >= 3 ? 403 : people.Contains(Person(1)) ? 400 : 202);

        BulkUploadOutcome outcome = await _queue.Enqueue(1, Document(8));

        Assert.True(outcome.EndsRun);
        Assert.Equal(Enumerable.Range(1, 8).Select(Person), outcome.Parts.SelectMany(part => part.Document.ExternalIds));
        Assert.Contains(outcome.Parts, part => part.EndsRun && part.Fault!.ErrorId == "PermissionMissing");
    }

    [Fact]
    public async Task A_later_record_of_the_same_person_waits_for_the_parts()
    {
        PickyService service = PickyService.Disliking(_service, Person(50));

        Task<BulkUploadOutcome> first = _queue.Enqueue(1, Document(50));
        Task<BulkUploadOutcome> second = _queue.Enqueue(2, DocumentOf(Person(49), "new"));
        await Task.WhenAll(first, second);

        Assert.Equal(["new"], service.Accepted.Skip(50));
        Assert.Equal(51, service.Accepted.Count);
    }

    private static string Person(int number) => $"p{number:00}";

    private static BulkRequestDocument Document(int operations) => DocumentOf([.. Enumerable.Range(1, operations).Select(Person)]);

    private static BulkRequestDocument DocumentOf(params string[] externalIds) =>
        BulkRequestDocument.Read("/data/payload.json", 1, Encoding.UTF8.GetBytes(Payload.Of(externalIds)));
}
