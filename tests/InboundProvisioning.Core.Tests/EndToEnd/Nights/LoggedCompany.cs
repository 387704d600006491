using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Authentication;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Emulator;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;
using InboundProvisioning.Outcomes;
using InboundProvisioning.State;
using InboundProvisioning.Upload;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>A company and a service of one clock, whose runs read the provisioning logs.</summary>
internal sealed class LoggedCompany : IAsyncDisposable
{
    private readonly ServiceConnection _connection;
    private readonly CallLimits _uploadLimits = Unlimited();
    private readonly CallLimits _logLimits = Unlimited();

    private LoggedCompany(EmulatorHost emulator, ManualTimeProvider clock)
    {
        Emulator = emulator;
        EmulatorAddress address = emulator.Address;
        _connection = ServiceConnection.Open(
            new ConnectionSettings
            {
                Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(address.Graph), new Uri(address.Authority)),
                TrustedRootCertificatePath = address.CaCertificatePath,
                Credential = EmulatedCredential.Of(address),
            },
            TimeProvider.System);
        Company = new Company(
            new UploadRunSettings
            {
                Connection = _connection,
                Target = new ProvisioningTarget(address.ServicePrincipalId.ToString(), address.JobId),
                Limits = _uploadLimits,
                Time = clock,
                Retries = new RetrySettings { Retries = 0, SignInRetries = 0 },
            },
            clock)
        {
            Settle = session => WithLogsAsync((logs, job) => session.SettleAsync(logs, job, CancellationToken.None)),
        };
        Company.Limit(("CreateLimit", "Unlimited"), ("AttributeChangeLimit", "Unlimited"), ("UserNameChangeLimit", "Unlimited"));
    }

    public EmulatorHost Emulator { get; }

    public Company Company { get; }

    public static async Task<LoggedCompany> StartAsync(Func<EmulatorOptions, EmulatorOptions>? change = null)
    {
        var clock = new ManualTimeProvider();
        var options = new EmulatorOptions { Limits = LimitMode.Off, Clock = clock, LogDelay = TimeSpan.FromMinutes(8), Roles = ["SynchronizationData-User.Upload", "ProvisioningLog.Read.All"] };
        return new LoggedCompany(await EmulatorHost.StartAsync(change is null ? options : change(options)), clock);
    }

    /// <summary>A day passes, the export is written, and the first night sends it all.</summary>
    public async Task<Night> BeginAsync(IEnumerable<Worker> workers)
    {
        Company.Settings = Company.Settings with { Initial = true };
        Night night = await Company.NextAsync(workers);
        Company.Settings = Company.Settings with { Initial = false };
        return night;
    }

    /// <summary>The job takes what is staged, and its events show.</summary>
    public void Cycle()
    {
        Company.Clock.Advance(TimeSpan.FromMinutes(40));
        Emulator.RunCycle();
        Company.Clock.Advance(TimeSpan.FromMinutes(8));
    }

    /// <summary>The state learns what the logs tell, without a run.</summary>
    /// <param name="wait">How long to wait for those without an outcome.</param>
    /// <param name="looked">Is called after each look.</param>
    public async Task<OutcomeSummary> UpdateAsync(TimeSpan wait = default, Action? looked = null)
    {
        OutcomeSummary? summary = null;
        await WithLogsAsync(async (logs, job) => summary = await OutcomeUpdate.RunAsync(
            Company.StatePath,
            new StateIdentity(job.JobId, job.ServicePrincipalId, "graph"),
            logs,
            job,
            wait,
            _ => looked?.Invoke(),
            Company.Clock,
            CancellationToken.None));
        return summary!;
    }

    /// <summary>The people of the state by externalId.</summary>
    public Dictionary<string, ProvisioningRecord> People(params RecordStatus[] statuses)
    {
        var people = new Dictionary<string, ProvisioningRecord>();
        KnownRecords.Read(Company.StatePath, externalIds: null, new RecordSelection { Statuses = statuses }, record =>
        {
            people.Add(record.ExternalId, record);
            return true;
        });
        return people;
    }

    /// <summary>How often a person's record was accepted.</summary>
    public int Acceptances(string externalId) => Emulator.Record(externalId)?.Acceptances.Count ?? 0;

    public async ValueTask DisposeAsync()
    {
        Company.Dispose();
        _uploadLimits.Dispose();
        _logLimits.Dispose();
        _connection.Dispose();
        await Emulator.DisposeAsync();
    }

    private static CallLimits Unlimited() => new(new CallRateLimiterOptions { CallLimit = 1_000_000 }, callsPerDay: null, TimeProvider.System);

    private async Task WithLogsAsync(Func<ProvisioningLogClient, ProvisioningJobAddress, Task> work)
    {
        using GraphClient graph = _connection.CreateGraphClient(new RetrySettings { Retries = 0, SignInRetries = 0 }, TimeProvider.System);
        await work(new ProvisioningLogClient(graph, _logLimits, notices: null), new ProvisioningJobAddress(Emulator.Address.ServicePrincipalId.ToString(), Emulator.Address.JobId));
    }
}
