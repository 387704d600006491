using System;
using System.Collections.Generic;
using System.Linq;
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

public sealed class ProvisioningLogRunTests : IDisposable
{
    private static readonly ProvisioningJobAddress Job = new("11111111-0000-0000-0000-000000000000", "job");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeService _service = new();
    private readonly FakeLog _log = new();
    private readonly GraphClient _graph;
    private readonly CallLimits _limits;
    private readonly Found _found = new();

    public ProvisioningLogRunTests()
    {
        _service.Answer((request, _) => _log.Answer(request));
        _graph = new(ServiceEndpoints.Create(CloudEnvironment.Global), new FakeTokens(), _service, new RetrySettings(), _clock);
        _limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 1000 }, callsPerDay: null, _clock);
    }

    public void Dispose()
    {
        _graph.Dispose();
        _limits.Dispose();
    }

    [Fact]
    public async Task Events_from_before_a_record_was_sent_are_left_out()
    {
        Event("1", Noon);
        Event("1", Noon.AddHours(2));
        var records = new LogRecords(since: null);
        records.AddSent(["1"], Noon.AddHours(1), Job);

        await Run(records).ReadAsync(CancellationToken.None);

        Assert.Equal(Noon.AddHours(2), Assert.IsType<ProvisioningChange>(Assert.Single(_found.Items)).ActivityDateTime);
        Assert.Equal(Job, records.SentTo());
    }

    [Fact]
    public async Task No_events_are_a_warning_that_names_the_records()
    {
        var records = new LogRecords(since: null);
        records.Add(["701984", "", null]);

        await Run(records).ReadAsync(CancellationToken.None);

        Assert.Contains("hold no events of '701984'. The job may be paused", Assert.Single(_found.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_last_object_that_is_wanted_the_reading_ends()
    {
        Event("1", Noon);
        Event("2", Noon.AddMinutes(1));

        await Run(new LogRecords(since: null), LogForm.Events, most: 1).ReadAsync(CancellationToken.None);

        Assert.Equal("2", Assert.IsType<ProvisioningEvent>(Assert.Single(_found.Items)).SourceId);
        Assert.Empty(_found.Warnings);
    }

    [Fact]
    public async Task A_wait_looks_again_and_names_what_is_open_in_the_end()
    {
        Event("1", Noon);
        var records = new LogRecords(since: null);
        records.Add(["1", "2"]);

        await _clock.RunUntil(Watch(Run(records, LogForm.Summaries)));

        Assert.Equal(1, Assert.IsType<CycleSummary>(Assert.Single(_found.Items)).Users);
        Assert.Contains("1 of 2 records have no outcome in the logs after 60 s", Assert.Single(_found.Warnings), StringComparison.Ordinal);
        Assert.EndsWith("Still open: '2'", _found.Warnings[0], StringComparison.Ordinal);
        Assert.Contains(_found.Progress, progress => progress is { Expected: 2, Open: 1, NextLook.TotalSeconds: 30 });
    }

    [Fact]
    public void Results_of_several_jobs_are_refused()
    {
        var records = new LogRecords(since: null);
        records.AddSent(["1"], Noon, Job);
        records.AddSent(["2"], Noon, Job with { JobId = "other" });

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => records.SentTo());

        Assert.Equal("LogParameterConflict", fault.ErrorId);
        Assert.Contains("'job', 'other'", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<bool> Watch(ProvisioningLogRun run)
    {
        await run.WatchAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), CancellationToken.None);
        return true;
    }

    private ProvisioningLogRun Run(LogRecords records, LogForm form = LogForm.Changes, int most = int.MaxValue) =>
        new(_graph, _limits, Job, records, _found, null, _clock) { Form = form, Most = most };

    private void Event(string id, DateTimeOffset time) => _log.Events.Add(new(time, "c1", "change-" + _log.Events.Count, id));

    private sealed class Found : ILogObserver
    {
        public List<object> Items { get; } = [];

        public List<string> Warnings { get; } = [];

        public List<ProvisioningLogProgress> Progress { get; } = [];

        public void OnItem(object item) => Items.Add(item);

        public void OnWarning(string text) => Warnings.Add(text);

        public void OnDetail(string text)
        {
        }

        public void OnProgress(ProvisioningLogProgress progress) => Progress.Add(progress);
    }
}
