using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Scim;
using InboundProvisioning.Upload;

namespace InboundProvisioning.FaultCampaign;

/// <summary>
/// Sends records through faults: real HTTPS, real tokens, the emulator at the other end, and our waits on a fast clock. What the
/// sender reports as not accepted, and not as refused, is sent again, as a user would.
/// </summary>
public sealed class Campaign : IAsyncDisposable
{
    // A wait of a second takes 2 ms, the time limit of a call 1.8 s.
    private const int Speed = 500;

    private const int MostRounds = 40;

    private static readonly TimeSpan LastNews = TimeSpan.FromSeconds(10);

    private static readonly RetrySettings Settings = new() { CallTimeout = TimeSpan.FromMinutes(15), Total = TimeSpan.FromHours(6) };

    private readonly FastTimeProvider _clock = new(Speed);
    private readonly EmulatorHost _emulator;
    private readonly ServiceConnection _connection;
    private readonly CallLimits _limits;
    private readonly ProvisioningJobAddress _job;
    private int _stagedBefore;
    private int _lostBefore;

    private Campaign(EmulatorHost emulator)
    {
        _emulator = emulator;
        EmulatorAddress address = emulator.Address;
        _connection = ServiceConnection.Open(
            new ConnectionSettings
            {
                Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(address.Graph), new Uri(address.Authority)),
                TrustedRootCertificatePath = address.CaCertificatePath,
                Credential = new SecretCredential(
                    address.TenantId.ToString(), address.ClientId.ToString(), new NetworkCredential(string.Empty, address.ClientSecret).SecurePassword),
                Retries = new RetrySettings { FirstDelay = TimeSpan.FromMilliseconds(2), LongestDelay = TimeSpan.FromMilliseconds(50) },
            },
            TimeProvider.System);
        _limits = new CallLimits(new CallRateLimiterOptions(), callsPerDay: null, _clock);
        _job = new ProvisioningJobAddress(address.ServicePrincipalId.ToString(), address.JobId);
    }

    /// <summary>Starts the emulator of a campaign.</summary>
    public static async Task<Campaign> StartAsync() => new(await EmulatorHost.StartAsync(new EmulatorOptions { Limits = LimitMode.Off }));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _limits.Dispose();
        _connection.Dispose();
        await _emulator.DisposeAsync();
    }

    /// <summary>Does one run and holds what was staged against what was sent.</summary>
    /// <param name="seed">The seed of the campaign.</param>
    /// <param name="number">The number of the run.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<CampaignCounts> RunAsync(int seed, int number, CancellationToken cancellationToken)
    {
        var plan = new RunPlan(seed, number, DateTimeOffset.UtcNow);
        var counts = new CampaignCounts { Runs = 1, Requests = plan.Requests.Count, Records = plan.Requests.Sum(static request => request.OperationCount) };
        _emulator.ClearFaults();
        _emulator.AddFaults([.. plan.Faults]);

        var round = new Dictionary<string, int>();
        var refused = new List<string>();
        List<BulkRequestDocument> open = [.. plan.Requests];
        for (int i = 0; open.Count > 0 && i < MostRounds; i++)
        {
            counts.SentAgain += i == 0 ? 0 : open.Count;
            List<BulkUploadOutcome> outcomes = await SendAsync(open, counts, cancellationToken);
            open = [];
            foreach (BulkUploadOutcome outcome in outcomes)
            {
                if (outcome.IsAccepted)
                {
                    RunPlan.RecordsOf(outcome.Document).ToList().ForEach(record => round[record] = i);
                }
                else if (outcome.Fault is { ErrorId: "RequestRefused" } && outcome.Document.OperationCount == 1)
                {
                    refused.AddRange(RunPlan.RecordsOf(outcome.Document));
                }
                else
                {
                    open.Add(outcome.Document);
                }
            }
        }

        await JudgeAsync(plan, counts, refused, round);
        return counts;
    }

    private async Task<List<BulkUploadOutcome>> SendAsync(List<BulkRequestDocument> requests, CampaignCounts counts, CancellationToken cancellationToken)
    {
        using GraphClient graph = _connection.CreateGraphClient(Settings, _clock);
        using var queue = new BulkUploadQueue(graph, _limits, _job, throttleLimit: 4, new RetryCount(counts), cancellationToken);
        BulkUploadOutcome[] outcomes = await Task.WhenAll(requests.Select((request, i) => queue.Enqueue(i + 1, request)));
        return [.. outcomes.SelectMany(static outcome => outcome.Parts.Count > 0 ? outcome.Parts : [outcome])];
    }

    private async Task JudgeAsync(RunPlan plan, CampaignCounts counts, List<string> refused, Dictionary<string, int> round)
    {
        List<string> records = [.. plan.Requests.SelectMany(RunPlan.RecordsOf)];
        HashSet<string> ordered = [.. records.Where(record => !plan.Bad.Contains(record)).GroupBy(StagingCheck.Person)
            .Where(person => person.Count() > 1 && person.Select(record => round.GetValueOrDefault(record, -1)).Distinct().Count() == 1)
            .Select(static person => person.Key)];

        // The emulator knows of a lost answer just after we do.
        long start = TimeProvider.System.GetTimestamp();
        IReadOnlyList<string> violations;
        List<string> staged;
        List<string> lost;
        while (true)
        {
            staged = Titles(_emulator.StagedUsers, _stagedBefore, plan.Name);
            lost = Titles(_emulator.UsersOfLostAnswers, _lostBefore, plan.Name);
            violations = StagingCheck.Violations(records, plan.Bad, refused, staged, lost, ordered);
            if (violations.Count == 0 || TimeProvider.System.GetElapsedTime(start) > LastNews)
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        _stagedBefore = _emulator.StagedUsers.Count;
        _lostBefore = _emulator.UsersOfLostAnswers.Count;
        counts.Violations.AddRange(violations.Select(violation => $"run {plan.Name.TrimEnd('-')[1..]}: {violation}"));
        counts.Staged = staged.Distinct().Count();
        counts.StagedTwice = staged.GroupBy(static record => record).Count(static copies => copies.Count() > 1);
        counts.AnswersLost = lost.Count;
        counts.RefusedFound = refused.Count;
        counts.OrdersChecked = ordered.Count;
        foreach (FaultCount fault in _emulator.Faults.Where(static fault => fault.Struck > 0))
        {
            string kind = fault.Fault.Action?.ToString() ?? $"{fault.Fault.Status}{(fault.Fault.RetryAfter is null ? string.Empty : " with Retry-After")}";
            counts.Struck[kind] = counts.Struck.GetValueOrDefault(kind) + fault.Struck;
        }
    }

    // A client that gave up may be followed late by what its call staged: only this run's counts here.
    private static List<string> Titles(IReadOnlyList<JsonElement> users, int before, string run) =>
        [.. users.Skip(before).Select(static user => user.GetProperty("title").GetString()!).Where(record => record.StartsWith(run, StringComparison.Ordinal))];

    private sealed class RetryCount(CampaignCounts counts) : IProgress<RetryNotice>
    {
        public void Report(RetryNotice value)
        {
            lock (counts)
            {
                counts.Retries++;
            }
        }
    }
}
