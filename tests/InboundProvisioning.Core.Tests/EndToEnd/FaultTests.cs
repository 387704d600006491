using System;
using System.Collections.Generic;
using System.Globalization;
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
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Scim;
using InboundProvisioning.Upload;
using Xunit;

namespace InboundProvisioning.Core.Tests.EndToEnd;

/// <summary>Each fault of the wire, on real HTTPS: what is tried again, and what the service then has.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private static readonly RetrySettings Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(20) };

    private EmulatorHost _emulator = null!;
    private ServiceConnection _connection = null!;

    private EmulatorAddress Address => _emulator.Address;

    private string[] Staged => [.. _emulator.StagedUsers.Select(user => user.GetProperty("externalId").GetString()!)];

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Limits = LimitMode.Off });
        _connection = ServiceConnection.Open(
            new ConnectionSettings
            {
                Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(Address.Graph), new Uri(Address.Authority)),
                TrustedRootCertificatePath = Address.CaCertificatePath,
                Credential = new SecretCredential(Address.TenantId.ToString(), Address.ClientId.ToString(), Secrets.Of(Address.ClientSecret)),
                Retries = Quick,
            },
            TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _connection.Dispose();
        await _emulator.DisposeAsync();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_status_that_may_pass_is_tried_again(int status)
    {
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Count = 2, Status = status });

        BulkUploadOutcome outcome = await SendAsync(Quick, "a");

        Assert.Equal((true, 3), (outcome.IsAccepted, outcome.Result!.Attempts));
        Assert.Equal(["a"], Staged);
    }

    [Theory]
    [InlineData("0.4", 0.4)]
    [InlineData("1", 1)]
    public async Task Retry_After_is_kept_to_in_seconds_and_in_fractions(string retryAfter, double least)
    {
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Status = 503, RetryAfter = retryAfter });

        BulkUploadOutcome outcome = await SendAsync(Quick, "a");

        Assert.Equal((true, 2), (outcome.IsAccepted, outcome.Result!.Attempts));
        Assert.InRange(outcome.Result.Duration.TotalSeconds, least, 30);
    }

    [Fact]
    public async Task Retry_After_is_kept_to_as_a_date()
    {
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Status = 429, RetryAfter = DateTimeOffset.UtcNow.AddSeconds(3).ToString("R", CultureInfo.InvariantCulture) });

        BulkUploadOutcome outcome = await SendAsync(Quick, "a");

        Assert.True(outcome.IsAccepted);
        Assert.InRange(outcome.Result!.Duration.TotalSeconds, 1, 30);
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_tried_again()
    {
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Count = 2, Action = FaultAction.Reset });

        BulkUploadOutcome outcome = await SendAsync(Quick, "a");

        Assert.Equal((true, 3), (outcome.IsAccepted, outcome.Result!.Attempts));
        Assert.Equal(["a"], Staged);
    }

    [Theory]
    [InlineData(FaultAction.ResetAfterAccept)]
    [InlineData(FaultAction.Truncate)]
    public async Task An_upload_whose_answer_was_lost_is_sent_again(FaultAction action)
    {
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Action = action });

        BulkUploadOutcome outcome = await SendAsync(Quick, "a");

        Assert.Equal((true, 2), (outcome.IsAccepted, outcome.Result!.Attempts));
        Assert.Equal(["a", "a"], Staged);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_in_its_body_is_asked_for_again()
    {
        _emulator.AddFaults(new Fault { Path = "synchronization/jobs", Count = 2, Action = FaultAction.Truncate });
        using GraphClient graph = _connection.CreateGraphClient(Quick, TimeProvider.System);

        ProvisioningJobAddress job = await new ProvisioningJobLocator(graph).LocateAsync(
            Address.ServicePrincipalId.ToString(), jobId: null, notices: null, CancellationToken.None);

        Assert.Equal(Address.JobId, job.JobId);
        Assert.Equal(2, _emulator.Faults.Single().Struck);
    }

    [Fact]
    public async Task A_call_that_takes_longer_than_its_time_limit_is_tried_again()
    {
        // The connection and the token take their time too: they come first.
        await SendAsync(Quick, "first");
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Action = FaultAction.Slow, DelayMs = 60_000 });

        BulkUploadOutcome outcome = await SendAsync(Quick with { CallTimeout = TimeSpan.FromSeconds(2) }, "a");

        Assert.Equal((true, 2), (outcome.IsAccepted, outcome.Result!.Attempts));
        Assert.InRange(outcome.Result.Duration.TotalSeconds, 2, 30);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_renewed_once_for_all_requests_in_flight()
    {
        await SendAsync(Quick, "first");
        AccessToken before = await _connection.Tokens.GetTokenAsync(null, CancellationToken.None);
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Action = FaultAction.ExpireToken });

        BulkUploadOutcome[] outcomes = await SendEachAsync(Quick, "a", "b", "c", "d");

        Assert.All(outcomes, outcome => Assert.True(outcome.IsAccepted, outcome.Fault?.Message));
        Assert.NotEqual(before.Value, (await _connection.Tokens.GetTokenAsync(null, CancellationToken.None)).Value);
        Assert.Equal(["a", "b", "c", "d", "first"], Staged.Order());
    }

    [Fact]
    public async Task A_token_that_is_refused_again_ends_the_run()
    {
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Count = 2, Action = FaultAction.ExpireToken });

        BulkUploadOutcome outcome = await SendAsync(Quick, "a");

        Assert.Equal((true, "TokenRefused", 2), (outcome.EndsRun, outcome.Fault!.ErrorId, outcome.Result!.Attempts));
        Assert.Empty(Staged);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_refused_and_the_other_host_sees_nothing(int status)
    {
        await using EmulatorHost other = await EmulatorHost.StartAsync(new EmulatorOptions { Limits = LimitMode.Off });
        _emulator.AddFaults(new Fault { Path = "bulkUpload", Action = FaultAction.Redirect, Status = status, Location = other.Address.Graph + "/v1.0/anything" });
        other.AddFaults(new Fault { Status = 500, Count = 100 });

        BulkUploadOutcome outcome = await SendAsync(Quick, "a");

        Assert.Equal((true, "RedirectRefused"), (outcome.EndsRun, outcome.Fault!.ErrorId));
        Assert.Equal(0, other.Faults.Single().Struck);
        Assert.Empty(Staged);
    }

    [Fact]
    public async Task An_outage_at_sign_in_is_tried_again()
    {
        _emulator.AddFaults(new Fault { Path = "/oauth2/v2.0/token", Action = FaultAction.Reset }, new Fault { Path = "/oauth2/v2.0/token", Status = 503 });

        Assert.True((await SendAsync(Quick, "a")).IsAccepted);
    }

    [Fact]
    public async Task Parts_of_a_refused_request_are_tried_again_too()
    {
        _emulator.AddFaults(
            new Fault { Path = "bulkUpload", Status = 400 },
            new Fault { Path = "bulkUpload", Count = 2, Status = 503 },
            new Fault { Path = "bulkUpload", Action = FaultAction.Reset });

        BulkUploadOutcome outcome = await SendAsync(Quick, "a", "b", "c", "d");

        Assert.Equal([(2, 4), (2, 1)], outcome.Parts.Select(part => (part.Document.OperationCount, part.Result!.Attempts)));
        Assert.Equal(["a", "b", "c", "d"], Staged.Order());
    }

    private async Task<BulkUploadOutcome> SendAsync(RetrySettings retries, params string[] people)
    {
        using GraphClient graph = _connection.CreateGraphClient(retries, TimeProvider.System);
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, TimeProvider.System);
        using BulkUploadQueue queue = Queue(graph, limits);
        return await queue.Enqueue(1, Document(people));
    }

    private async Task<BulkUploadOutcome[]> SendEachAsync(RetrySettings retries, params string[] people)
    {
        using GraphClient graph = _connection.CreateGraphClient(retries, TimeProvider.System);
        using var limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, TimeProvider.System);
        using BulkUploadQueue queue = Queue(graph, limits);
        return await Task.WhenAll(people.Select((person, i) => queue.Enqueue(i + 1, Document(person))));
    }

    private BulkUploadQueue Queue(GraphClient graph, CallLimits limits) => new(
        graph, limits, new ProvisioningJobAddress(Address.ServicePrincipalId.ToString(), Address.JobId), throttleLimit: 4, notices: null, CancellationToken.None);

    private static BulkRequestDocument Document(params string[] people) =>
        BulkRequestDocument.Read("payload.json", 1, Encoding.UTF8.GetBytes(Payload.Of(people)));
}
