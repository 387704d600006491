using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Graph;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;
using Xunit;

namespace InboundProvisioning.Core.Tests.Logs;

public sealed class ProvisioningLogClientTests : IDisposable
{
    private static readonly ProvisioningJobAddress Job = new("11111111-0000-0000-0000-000000000000", "job");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeService _service = new();
    private readonly FakeLog _log = new();
    private readonly RecordedNotices _notices = new();
    private readonly GraphClient _graph;
    private readonly CallLimits _limits;

    public ProvisioningLogClientTests()
    {
        _service.Answer((request, _) => _log.Answer(request));
        _graph = Graph(CloudEnvironment.Global);
        _limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 1000 }, callsPerDay: null, _clock);
    }

    public void Dispose()
    {
        _graph.Dispose();
        _limits.Dispose();
    }

    [Fact]
    public async Task The_last_cycles_are_found_by_the_newest_event_and_then_before_the_first_one_of_a_cycle()
    {
        Cycle("c1", Noon.AddHours(-3), 3);
        Cycle("c2", Noon.AddHours(-2), 5);
        Cycle("c3", Noon.AddHours(-1), 4);

        Assert.Equal(4, (await Read(new() { Last = 1 })).Count(item => item.CycleId == "c3"));
        Assert.Equal(2, _log.Queries.Count);

        _log.Queries.Clear();
        List<ProvisioningEvent> two = await Read(new() { Last = 2 });

        Assert.Equal(["c3", "c3", "c3", "c3", "c2", "c2", "c2", "c2", "c2"], two.Select(item => item.CycleId));
        Assert.Equal(["1", "999", "1", "1", "999"], _log.Queries.Select(query => query["$top"]));
        Assert.Contains(" and activityDateTime lt 2026-03-01T11:00:00Z", _log.Filters);

        Assert.Equal(12, (await Read(new() { Last = 9 })).Count);
    }

    [Fact]
    public async Task With_a_filter_the_cycle_before_is_still_the_one_before()
    {
        Cycle("c1", Noon.AddHours(-2), 3);
        Cycle("c2", Noon.AddHours(-1), 6, status: "success");
        _log.Events.Add(new(Noon.AddMinutes(-30), "c2", "x", "9") { Status = "failure" });
        _log.Events.Add(new(Noon.AddMinutes(-110), "c1", "y", "8") { Status = "failure" });

        List<ProvisioningEvent> failed = await Read(new() { Last = 2, Statuses = ["Failure"] });

        Assert.Equal(["9", "8"], failed.Select(item => item.SourceId));
        Assert.Contains(" and cycleId eq 'c2' and provisioningStatusInfo/status eq 'failure'", _log.Filters);
    }

    [Fact]
    public async Task No_events_are_no_fault() => Assert.Empty(await Read(new() { Last = 3 }));

    [Fact]
    public async Task Pages_are_asked_for_one_by_one_and_no_further_than_needed()
    {
        Cycle("c1", Noon, 2_500);

        await foreach (ProvisioningEvent item in Client().ReadAsync(Job, new() { CycleIds = ["c1"] }, CancellationToken.None))
        {
            Assert.Equal("999", _log.Queries[0]["$top"]);
            break;
        }

        Assert.Single(_log.Queries);
        List<ProvisioningEvent> all = await Read(new() { CycleIds = ["c1"] });
        Assert.Equal(2_500, all.Select(item => item.Id).Distinct().Count());
        Assert.Equal(4, _log.Queries.Count);
        Assert.Equal(all.OrderByDescending(item => item.ActivityDateTime), all);
    }

    [Fact]
    public async Task Both_bounds_of_a_time_are_wanted_to_the_tick()
    {
        foreach (int tick in Enumerable.Range(-2, 5))
        {
            _log.Events.Add(new(Noon.AddTicks(tick), "c1", "since" + tick, "since" + tick));
            _log.Events.Add(new(Noon.AddHours(1).AddTicks(tick), "c1", "until" + tick, "until" + tick));
        }

        List<ProvisioningEvent> found = await Read(new() { Since = Noon, Until = Noon.AddHours(1).ToOffset(TimeSpan.FromHours(5)) });

        Assert.Equal(["until0", "until-1", "until-2", "since2", "since1", "since0"], found.Select(item => item.SourceId));
        Assert.Equal([" and activityDateTime gt 2026-03-01T11:59:59Z and activityDateTime lt 2026-03-01T13:00:02Z"], _log.Filters);
    }

    [Theory]
    [InlineData("O'Hara")]
    [InlineData("a+b&c=d#e%20f/?g")]
    [InlineData("Zoë 李")]
    [InlineData("x' or jobId eq 'other")]
    public async Task An_externalId_reaches_the_service_as_it_is(string id)
    {
        Cycle("c1", Noon, 3);
        _log.Events.Add(new(Noon, "c1", "x", id));

        Assert.Equal(id, Assert.Single(await Read(new() { SourceIds = [id] })).SourceId);
        Assert.EndsWith("sourceIdentity/id eq '" + id.Replace("'", "''", StringComparison.Ordinal) + "'", Assert.Single(_log.Queries)["$filter"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_externalIds_are_asked_for_one_by_one_and_many_are_picked_out_here()
    {
        Cycle("c1", Noon, 300);

        Assert.Equal(3, (await Read(new() { SourceIds = ["1", "7", "250", "none", "1"] })).Count);
        Assert.Equal(4, _log.Queries.Count);

        _log.Queries.Clear();
        Assert.Equal(100, (await Read(new() { SourceIds = [.. Enumerable.Range(100, 100).Select(i => i.ToString())] })).Count);
        Assert.Equal(string.Empty, Assert.Single(_log.Filters));
    }

    [Fact]
    public async Task Case_matters_in_an_externalId_and_not_in_a_status()
    {
        _log.Events.Add(new(Noon, "c1", "x", "abc") { Status = "Failure" });
        _log.Events.Add(new(Noon, "c1", "y", "ABC") { Status = "failure" });

        Assert.Equal("ABC", Assert.Single(await Read(new() { SourceIds = [.. Enumerable.Range(0, 60).Select(i => "n" + i), "ABC"] })).SourceId);
        Assert.Equal(2, (await Read(new() { Statuses = ["FAILURE", "warning"] })).Count);
    }

    [Fact]
    public async Task What_the_service_cannot_filter_surely_is_filtered_here()
    {
        _log.Events.Add(new(Noon, "c1", "x", "1") { Action = "stagedDelete", Status = "postponed" });
        _log.Events.Add(new(Noon, "c1", "y", "2") { Action = "stageddelete" });
        _log.Events.Add(new(Noon, "c1", "z", "3") { Action = "update" });

        Assert.Equal(["1", "2"], (await Read(new() { Actions = ["stagedDelete"] })).Select(item => item.SourceId).Order());
        Assert.Equal(["1"], (await Read(new() { Statuses = ["postponed"] })).Select(item => item.SourceId));
        Assert.Equal(["2", "3"], (await Read(new() { Statuses = ["success", "failure"] })).Select(item => item.SourceId).Order());
        Assert.Equal([string.Empty, string.Empty, string.Empty], _log.Filters);

        Assert.Equal(["3"], (await Read(new() { Actions = ["Update"] })).Select(item => item.SourceId));
        Assert.Equal(" and provisioningAction eq 'update'", _log.Filters[^1]);
    }

    [Fact]
    public async Task Reading_goes_on_where_a_link_has_expired_and_tells_nothing_twice()
    {
        // Many events of one second, also across the place of the break.
        foreach (int i in Enumerable.Range(0, 3_000))
        {
            _log.Events.Add(new(Noon.AddSeconds(-(i / 700)), "c1", "x" + i, "w" + i));
        }

        _log.IsExpired = number => number is 2 or 5;
        List<ProvisioningEvent> found = await Read(new() { CycleIds = ["c1"] });

        Assert.Equal(3_000, found.Count);
        Assert.Equal(3_000, found.Select(item => item.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_link_that_expires_at_once_again_and_again_is_an_error_in_the_end()
    {
        foreach (int i in Enumerable.Range(0, 3_000))
        {
            _log.Events.Add(new(Noon, "c1", "x" + i, "w" + i));
        }

        _log.IsExpired = _ => true;

        GraphException fault = await Assert.ThrowsAsync<GraphException>(() => Read(new() { CycleIds = ["c1"] }));
        Assert.Equal(400, fault.Status);
        Assert.InRange(_log.Queries.Count, 3, 10);
    }

    [Fact]
    public async Task A_query_that_the_service_refuses_is_an_error_at_once()
    {
        using GraphClient graph = Graph(CloudEnvironment.Global, new FakeService().Answer(400, FakeService.Error("BadRequest", "No.")));

        await Assert.ThrowsAsync<GraphException>(() => Read(new() { CycleIds = ["c1"] }, new ProvisioningLogClient(graph, _limits, null)));
    }

    [Fact]
    public async Task A_page_that_breaks_off_is_asked_for_again()
    {
        Cycle("c1", Noon, 5);
        var service = new FakeService();
        service.Answer(200, "{\"value\":[{\"id\":\"1\"},{\"id").Answer(503).Answer((request, _) => _log.Answer(request));
        using GraphClient graph = Graph(CloudEnvironment.Global, service);

        Task<List<ProvisioningEvent>> reading = Read(new() { CycleIds = ["c1"] }, new ProvisioningLogClient(graph, _limits, _notices));

        Assert.Equal(5, (await _clock.RunUntil(reading)).Count);
        Assert.Equal(3, service.Sent.Count);
        Assert.Contains(_notices, notice => notice.Reason == "the page broke off");
    }

    [Fact]
    public async Task No_more_than_5_calls_are_made_in_10_seconds()
    {
        Cycle("c1", Noon, 1_200);
        using var limits = new CallLimits(ProvisioningLogClient.DocumentedLimit, callsPerDay: null, _clock);
        List<DateTimeOffset> calls = [];
        var service = new FakeService();
        service.Answer((request, _) =>
        {
            calls.Add(_clock.GetUtcNow());
            return _log.Answer(request);
        });
        using GraphClient graph = Graph(CloudEnvironment.Global, service);

        await _clock.RunUntil(Read(new() { CycleIds = ["c1"], PageSize = 100 }, new ProvisioningLogClient(graph, limits, null)));

        Assert.Equal(12, calls.Count);
        Assert.All(calls, call => Assert.InRange(calls.Count(other => other >= call && other < call.AddSeconds(10)), 1, 5));
        Assert.InRange(calls[^1] - calls[0], TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public void A_cloud_without_logs_is_an_error_before_any_call()
    {
        using GraphClient graph = Graph(CloudEnvironment.China);

        var fault = Assert.Throws<InboundProvisioningException>(() => new ProvisioningLogClient(graph, _limits, null));

        Assert.Equal("LogsNotInCloud", fault.ErrorId);
        Assert.Empty(_service.Sent);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        using GraphClient graph = Graph(CloudEnvironment.Global, new FakeService().Answer(403, FakeService.Error("Authorization_RequestDenied", "No.")));

        GraphException fault = await Assert.ThrowsAsync<GraphException>(() => Read(new(), new ProvisioningLogClient(graph, _limits, null)));

        Assert.Contains("ProvisioningLog.Read.All", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_outcomes_of_records_are_waited_for()
    {
        _log.Events.Add(new(Noon.AddDays(-1), "c0", "old", "1"));
        var watch = Watch(timeout: TimeSpan.FromHours(1), ("1", Noon), ("2", Noon), ("3", Noon));
        List<string> seen = [];

        Task<List<string>> watching = Task.Run(async () =>
        {
            do
            {
                await foreach (ProvisioningEvent item in watch.LookAsync(CancellationToken.None))
                {
                    seen.Add(item.ChangeId!);
                }

                if (_log.Queries.Count > 5 && _log.Events.Count == 1)
                {
                    _log.Events.AddRange([new(Noon.AddSeconds(5), "c1", "x", "1"), new(Noon.AddSeconds(6), "c1", "y", "2"), new(Noon.AddSeconds(7), "c1", "z", "4")]);
                }
            }
            while (await watch.WaitAsync(CancellationToken.None));

            return seen;
        });
        await _clock.RunUntil(watching);

        Assert.Equal(["x", "y"], seen.Order());
        Assert.Equal(["3"], watch.Open);
        Assert.Equal(TimeSpan.FromHours(1), _clock.GetUtcNow() - new ManualTimeProvider().GetUtcNow());
    }

    [Fact]
    public async Task With_all_outcomes_there_is_nothing_to_wait_for()
    {
        _log.Events.Add(new(Noon, "c1", "x", "1"));
        OutcomeWatch watch = Watch(timeout: TimeSpan.FromHours(1), ("1", null));

        List<ProvisioningEvent> found = await All(watch.LookAsync(CancellationToken.None));

        Assert.Single(found);
        Assert.Empty(watch.Open);
        Assert.False(await watch.WaitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Many_records_are_looked_for_in_one_stream_from_the_time_of_their_sending()
    {
        Cycle("c1", Noon, 40);
        OutcomeWatch watch = Watch(TimeSpan.Zero, [.. Enumerable.Range(0, 40).Select(i => (i.ToString(), (DateTimeOffset?)Noon.AddSeconds(i >= 35 ? 1000 : 0)))]);

        List<ProvisioningEvent> found = await All(watch.LookAsync(CancellationToken.None));

        Assert.Equal(35, found.Count);
        Assert.Equal(["35", "36", "37", "38", "39"], watch.Open.Order());
        Assert.Equal([" and activityDateTime gt 2026-03-01T11:59:59Z"], _log.Filters);
    }

    private static async Task<List<ProvisioningEvent>> All(IAsyncEnumerable<ProvisioningEvent> events)
    {
        List<ProvisioningEvent> all = [];
        await foreach (ProvisioningEvent item in events)
        {
            all.Add(item);
        }

        return all;
    }

    private Task<List<ProvisioningEvent>> Read(ProvisioningLogSelection selection, ProvisioningLogClient? client = null) =>
        All((client ?? Client()).ReadAsync(Job, selection, CancellationToken.None));

    private ProvisioningLogClient Client() => new(_graph, _limits, _notices);

    private OutcomeWatch Watch(TimeSpan timeout, params (string Id, DateTimeOffset? Since)[] records) =>
        new(Client(), Job, records.Select(record => KeyValuePair.Create(record.Id, record.Since)), TimeSpan.FromSeconds(30), timeout, _clock);

    private GraphClient Graph(CloudEnvironment environment, HttpMessageHandler? handler = null) =>
        new(ServiceEndpoints.Create(environment), new FakeTokens(), handler ?? _service, new RetrySettings(), _clock);

    private void Cycle(string id, DateTimeOffset start, int events, string status = "success")
    {
        foreach (int i in Enumerable.Range(0, events))
        {
            _log.Events.Add(new(start.AddSeconds(i * 0.1), id, id + "-" + i, i.ToString()) { Status = status });
        }
    }
}
