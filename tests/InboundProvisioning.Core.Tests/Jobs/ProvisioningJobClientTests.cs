using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Graph;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using Xunit;

namespace InboundProvisioning.Core.Tests.Jobs;

public sealed class ProvisioningJobClientTests : IDisposable
{
    private static readonly ProvisioningJobAddress Address = new("11111111-0000-0000-0000-000000000000", "API2AAD.t.g");

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeService _service = new();
    private readonly GraphClient _graph;
    private readonly ProvisioningJobClient _jobs;

    public ProvisioningJobClientTests()
    {
        _graph = new GraphClient(ServiceEndpoints.Create(CloudEnvironment.Global), new FakeTokens(), _service, new RetrySettings { Retries = 0 }, _clock);
        _jobs = new ProvisioningJobClient(_graph, notices: null, _clock);
    }

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_job_in_quarantine_is_read_with_its_reason_and_its_last_cycle()
    {
        _service.Answer(200, """
            {"id":"API2AAD.t.g","templateId":"API2AAD","schedule":{"expiration":null,"interval":"PT40M","state":"Active"},
             "status":{"code":"Quarantine","countSuccessiveCompleteFailures":3,"escrowsPruned":true,"steadyStateFirstAchievedTime":"0001-01-01T00:00:00Z",
              "steadyStateLastAchievedTime":"2026-03-01T07:00:00Z","troubleshootingUrl":"https://x.example",
              "lastExecution":{"activityIdentifier":"a","countEntitled":1,"countEntitledForProvisioning":2,"countEscrowed":3,"countEscrowedRaw":4,"countExported":5,
                "countExports":6,"countImported":7,"countImportedDeltas":8,"countImportedReferenceDeltas":9,"state":"EntryLevelErrors",
                "timeBegan":"2026-03-01T06:00:00Z","timeEnded":"2026-03-01T06:05:00Z","error":{"code":"c","message":"m","tenantActionable":true}},
              "lastSuccessfulExecution":null,
              "progress":[{"completedUnits":1,"totalUnits":4,"units":"users","progressObservationDateTime":"2026-03-01T06:01:00Z"}],
              "quarantine":{"currentBegan":"2026-03-01T05:00:00Z","nextAttempt":"2026-03-02T05:00:00Z","reason":"TooManyDeletes","seriesBegan":"2026-02-01T05:00:00Z","seriesCount":2,"error":null},
              "synchronizedEntryCountByType":[{"key":"User","value":1200}]},
             "synchronizationJobSettings":[{"name":"QuarantineTooManyDeletesThreshold","value":"500"}]}
            """);

        ProvisioningJob job = await _jobs.GetAsync(Address, CancellationToken.None);

        Assert.Equal(("Quarantine", "Active", TimeSpan.FromMinutes(40)), (job.Status, job.Schedule, job.Interval));
        Assert.Equal((true, false, false), (job.IsQuarantined, job.IsPaused, job.IsRunning));
        JobExecution cycle = job.LastExecution!;
        Assert.Equal((1, 2, 3, 4, 5, 6, 7, 8, 9), (cycle.Entitled, cycle.EntitledForProvisioning, cycle.Escrowed, cycle.EscrowedRaw, cycle.Exported, cycle.Exports, cycle.Imported, cycle.ImportedDeltas, cycle.ImportedReferenceDeltas));
        Assert.Equal(("EntryLevelErrors", new SynchronizationFault("c", "m", true)), (cycle.State, cycle.Error));
        Assert.Equal(TimeSpan.FromMinutes(5), cycle.Ended - cycle.Began);
        Assert.Equal(("TooManyDeletes", 2L, 1), (job.Quarantine!.Reason, job.Quarantine.SeriesCount, job.Quarantine.Since!.Value.Day));
        Assert.Null(job.SteadyStateFirstAchieved);
        Assert.Equal(7, job.SteadyStateLastAchieved!.Value.Hour);
        Assert.Null(job.LastSuccessfulExecution);
        Assert.Equal(("1 of 4 users", 1200L, "500"), (job.Progress.Single().ToString(), job.SynchronizedEntryCounts["User"], job.Settings["QuarantineTooManyDeletesThreshold"]));
        Assert.Equal("https://graph.microsoft.com/v1.0/servicePrincipals/11111111-0000-0000-0000-000000000000/synchronization/jobs/API2AAD.t.g/bulkUpload", job.ProvisioningEndpoint.AbsoluteUri);
        Assert.Contains("-Scope ForceDeletes", JobAdvice.For(job), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"j"}""")]
    [InlineData("""{"id":"j","status":null,"schedule":null,"templateId":null}""")]
    [InlineData("""{"id":"j","status":{"code":"SomethingNew","lastExecution":"no","progress":{},"quarantine":[],"synchronizedEntryCountByType":[7,{"key":null}]},"schedule":{"interval":"soon","state":"Active","expiration":"never"}}""")]
    public async Task What_is_missing_or_new_does_no_harm(string json)
    {
        _service.Answer(200, json);

        ProvisioningJob job = await _jobs.GetAsync(Address, CancellationToken.None);

        Assert.Equal((false, true), (job.IsQuarantined, job.IsRunning));
        Assert.Null(job.Interval);
        Assert.Null(job.LastExecution);
    }

    [Fact]
    public async Task All_jobs_are_read_page_by_page()
    {
        _service.Answer(200, """{"value":[{"id":"one"}],"@odata.nextLink":"https://graph.microsoft.com/v1.0/next"}""").Answer(200, """{"value":[{"id":"two"}]}""");

        IReadOnlyList<ProvisioningJob> jobs = await _jobs.ListAsync(Address.ServicePrincipalId, CancellationToken.None);

        Assert.Equal(["one", "two"], jobs.Select(job => job.JobId));
    }

    [Theory]
    [InlineData(ProvisioningJobClient.PortalScope, "Watermark, Escrows, QuarantineState")]
    [InlineData(RestartScope.Full, "Full")]
    [InlineData(RestartScope.Full | RestartScope.ForceDeletes, "Full, ForceDeletes")]
    [InlineData(RestartScope.ConnectorDataStore | RestartScope.Escrows, "Escrows, ConnectorDataStore")]
    public async Task A_restart_says_what_is_cleared(RestartScope scope, string names)
    {
        _service.Answer(204);

        await _jobs.RestartAsync(Address, scope, CancellationToken.None);

        SentRequest sent = Assert.Single(_service.Sent);
        Assert.EndsWith("/jobs/API2AAD.t.g/restart", sent.Uri.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal($$$"""{"criteria":{"resetScope":"{{{names}}}"}}""", Encoding.UTF8.GetString(sent.Body!));
    }

    [Fact]
    public async Task A_wait_ends_with_the_state()
    {
        _service.Answer(200, Json("Active")).Answer(200, Json("Active")).Answer(200, Json("Paused"));

        (ProvisioningJob job, bool isReached) = await _clock.RunUntil(_jobs.WaitAsync(
            Address, job => job.IsPaused, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60), seen: null, CancellationToken.None));

        Assert.Equal(("Paused", true, 3), (job.Status, isReached, _service.Sent.Count));
    }

    [Fact]
    public async Task A_wait_ends_with_its_time_and_gives_the_last_reading()
    {
        _service.Answer(200, Json("Active"));
        var seen = new List<string?>();

        (ProvisioningJob job, bool isReached) = await _clock.RunUntil(_jobs.WaitAsync(
            Address, job => job.IsPaused, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), new Seen(seen), CancellationToken.None));

        Assert.Equal(("Active", false), (job.Status, isReached));
        Assert.Equal(4, seen.Count);
    }

    [Theory]
    [InlineData("Active", "Active", null)]
    [InlineData("Paused", "Disabled", "Start-ProvisioningJob -ServicePrincipalId '11111111-0000-0000-0000-000000000000' -JobId 'API2AAD.t.g'")]
    [InlineData("NotConfigured", "Disabled", "does not run (NotConfigured, schedule Disabled)")]
    [InlineData("Quarantine", "Active", "notification email")]
    public async Task Advice_names_the_remedy(string status, string schedule, string? words)
    {
        _service.Answer(200, $$$"""{"id":"API2AAD.t.g","status":{"code":"{{{status}}}"},"schedule":{"state":"{{{schedule}}}"}}""");

        string? advice = JobAdvice.For(await _jobs.GetAsync(Address, CancellationToken.None));

        if (words is null)
        {
            Assert.Null(advice);
        }
        else
        {
            Assert.Contains(words, advice, StringComparison.Ordinal);
        }
    }

    private static string Json(string status) => $$$"""{"id":"API2AAD.t.g","status":{"code":"{{{status}}}"},"schedule":{"state":"Active"}}""";

    private sealed class Seen(List<string?> states) : IProgress<ProvisioningJob>
    {
        public void Report(ProvisioningJob value) => states.Add(value.Status);
    }
}
