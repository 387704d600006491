using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Core.Tests.Authentication;
using InboundProvisioning.Core.Tests.Scim;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Scim;
using InboundProvisioning.Upload;
using Xunit;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>A run without a cmdlet: documents made in memory, an observer, and one result.</summary>
public sealed class UploadRunTests : IAsyncLifetime
{
    private readonly Observer _told = new();
    private EmulatorHost _emulator = null!;
    private ServiceConnection _connection = null!;

    private EmulatorAddress Address => _emulator.Address;

    private IEnumerable<string> Staged => _emulator.StagedUsers.Select(user => user.GetProperty("externalId").GetString()!);

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorHost.StartAsync(new EmulatorOptions
        {
            Limits = LimitMode.Off,
            Roles = ["Synchronization.ReadWrite.All", "SynchronizationData-User.Upload"],
        });
        _connection = ServiceConnection.Open(
            new ConnectionSettings
            {
                Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(Address.Graph), new Uri(Address.Authority)),
                TrustedRootCertificatePath = Address.CaCertificatePath,
                Credential = new SecretCredential(Address.TenantId.ToString(), Address.ClientId.ToString(), Secrets.Of(Address.ClientSecret)),
            },
            TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _connection.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task Each_outcome_is_told_in_the_order_of_the_documents()
    {
        string[] people = [.. Enumerable.Range(0, 60).Select(i => $"p{i:00}")];

        UploadRunResult result = await RunAsync(callsPerDay: null, Documents(people));

        Assert.Equal((null, null, 0), (result.Fault, result.JobFault, result.Unsent.Count));
        Assert.Equal(people, _told.Outcomes.Select(outcome => outcome.Document.ExternalIds.Single()));
        Assert.All(_told.Outcomes, outcome => Assert.True(outcome.IsAccepted));
        Assert.Equal((60, 60, 0), (_told.Progress.Requests, _told.Progress.Records, _told.Progress.Waiting));
        Assert.Equal(people, Staged.Order());
    }

    [Fact]
    public async Task A_limit_of_the_day_ends_the_run_and_names_what_is_left()
    {
        UploadRunResult result = await RunAsync(callsPerDay: 2, Documents("a", "b", "c", "d"), throttleLimit: 1);

        Assert.Equal("DailyCallLimitReached", result.Fault?.ErrorId);
        Assert.Equal([3, 4], result.Unsent.Select(payload => payload.Document));
        Assert.Equal(["a", "b"], _told.Outcomes.Where(outcome => outcome.IsAccepted).SelectMany(outcome => outcome.Document.ExternalIds));
        Assert.Equal(["a", "b"], Staged);
    }

    [Fact]
    public async Task A_run_that_is_ended_from_outside_has_no_fault_and_names_what_is_left()
    {
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, TimeProvider.System);
        await using UploadRun run = Run(limits, throttleLimit: 4);
        BulkRequestDocument[] documents = Documents("a", "b", "c");

        Assert.True(await run.SendAsync(documents[0]));
        while (!Staged.Any())
        {
            await Task.Yield();
        }

        run.End();
        Assert.False(await run.SendAsync(documents[1]));
        UploadRunResult result = await run.CompleteAsync([UnsentPayload.Of(documents[2])], moreMayFollow: false);

        Assert.Null(result.Fault);
        Assert.Equal([2, 3], result.Unsent.Select(payload => payload.Document));
        Assert.Equal([(true, false), (false, true)], _told.Outcomes.Select(outcome => (outcome.IsAccepted, outcome.IsUnsent)));
        Assert.Equal(["a"], Staged);
    }

    [Fact]
    public async Task A_document_that_cannot_be_sent_is_an_outcome_in_its_place()
    {
        BulkRequestDocument broken = BulkRequestDocument.Read("memory", 2, "{}"u8.ToArray());

        UploadRunResult result = await RunAsync(callsPerDay: null, [.. Documents("a"), broken, .. Documents("b")]);

        Assert.Null(result.Fault);
        Assert.Equal([null, "PayloadInvalid", null], _told.Outcomes.Select(outcome => outcome.Fault?.ErrorId));
    }

    [Fact]
    public async Task A_document_of_more_than_fifty_operations_gives_an_outcome_for_each_of_its_requests()
    {
        string[] people = [.. Enumerable.Range(0, 120).Select(i => $"p{i:000}")];

        UploadRunResult result = await RunAsync(callsPerDay: 2, [BulkRequestDocument.Read("/data/all.json", 1, Encoding.UTF8.GetBytes(Payload.Of(people)))], throttleLimit: 1);

        Assert.Equal([(1, 1, 50, true), (2, 51, 50, true), (3, 101, 20, false)], _told.Outcomes.Select(
            outcome => (outcome.Index, outcome.Document.FirstOperation, outcome.Document.OperationCount, outcome.IsAccepted)));
        Assert.Equal("all.json operations 101 to 120", Assert.Single(result.Unsent).ToString());
        Assert.Equal(people.Take(100), Staged.Order());
    }

    [Fact]
    public async Task A_held_job_is_started_again_when_the_run_is_broken_off()
    {
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Count = 100, Action = FaultAction.Slow, DelayMs = 60_000 });
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, TimeProvider.System);
        UploadRun run = Run(limits, throttleLimit: 4, hold: true);
        Assert.True(await run.SendAsync(Documents("a")[0]));
        Assert.NotNull(run.StartCommand);

        await run.DisposeAsync();

        Assert.Null(run.StartCommand);
        Assert.Empty(_told.Outcomes);
    }

    [Fact]
    public async Task A_held_job_is_started_again_whatever_an_upload_threw()
    {
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Count = 100, Status = 503 });
        _told.OnRetry = static () => throw new NotSupportedException("unforeseen");
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, TimeProvider.System);
        UploadRun run = Run(limits, throttleLimit: 4, hold: true);
        Assert.True(await run.SendAsync(Documents("a")[0]));
        await Assert.ThrowsAsync<NotSupportedException>(() => run.CompleteAsync([], moreMayFollow: false));
        Assert.NotNull(run.StartCommand);

        await run.DisposeAsync();

        Assert.Null(run.StartCommand);
    }

    private UploadRun Run(CallLimits limits, int throttleLimit, bool hold = false) => new(
        new UploadRunSettings
        {
            Connection = _connection,
            Target = new ProvisioningTarget(Address.ServicePrincipalId.ToString(), Address.JobId),
            Limits = limits,
            ThrottleLimit = throttleLimit,
            HoldJob = hold,
        },
        _told,
        CancellationToken.None);

    private async Task<UploadRunResult> RunAsync(int? callsPerDay, BulkRequestDocument[] documents, int throttleLimit = 4)
    {
        using var limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 1000 }, callsPerDay, TimeProvider.System);
        await using UploadRun run = Run(limits, throttleLimit);
        int sent = 0;
        while (sent < documents.Length && await run.SendAsync(documents[sent]))
        {
            sent++;
        }

        return await run.CompleteAsync(documents.Skip(sent + 1).Select(UnsentPayload.Of), moreMayFollow: false);
    }

    private static BulkRequestDocument[] Documents(params string[] people) =>
        [.. people.Select((person, i) => BulkRequestDocument.Read("memory", i + 1, Encoding.UTF8.GetBytes(Payload.Of(person))))];

    private sealed class Observer : IUploadObserver
    {
        public List<BulkUploadOutcome> Outcomes { get; } = [];

        public Action? OnRetry { get; set; }

        public UploadProgress Progress { get; private set; }

        public void OnOutcome(BulkUploadOutcome outcome) => Outcomes.Add(outcome);

        public void OnProgress(UploadProgress progress) => Progress = progress;

        public void OnWarning(string text)
        {
        }

        public void OnDetail(string text)
        {
        }

        public void Report(RetryNotice value) => OnRetry?.Invoke();
    }
}
