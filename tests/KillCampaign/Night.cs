using System;
using System.Globalization;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Authentication.Credentials;
using InboundProvisioning.Conversion;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Mapping;
using InboundProvisioning.Nights;
using InboundProvisioning.State;
using InboundProvisioning.State.Blob;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;
using InboundProvisioning.Upload;

namespace InboundProvisioning.KillCampaign;

/// <summary>One nightly run, in a process of its own that can be killed.</summary>
internal static class Night
{
    /// <summary>What tells the process that it is one.</summary>
    public const string Argument = "--night";

    private static readonly RetrySettings Retries = new() { FirstDelay = TimeSpan.FromMilliseconds(5), LongestDelay = TimeSpan.FromMilliseconds(50) };

    /// <summary>Its command line.</summary>
    public static string[] Arguments(string file, string state, Emulator.EmulatorAddress address) =>
    [
        Argument, file, state, address.Graph, address.Authority, address.CaCertificatePath, address.TenantId.ToString(), address.ClientId.ToString(),
        address.ClientSecret, address.ServicePrincipalId.ToString(), address.JobId,
    ];

    /// <summary>The way to the emulator.</summary>
    public static ServiceConnection Connect(Emulator.EmulatorAddress address) => Connect(
        address.Graph, address.Authority, address.CaCertificatePath, address.TenantId.ToString(), address.ClientId.ToString(), address.ClientSecret);

    /// <summary>Runs.</summary>
    /// <returns>The exit code of the result; 10 where nothing was to be done.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using ServiceConnection connection = Connect(arguments[3], arguments[4], arguments[5], arguments[6], arguments[7], arguments[8]);
        using var limits = new CallLimits(new CallRateLimiterOptions { CallLimit = 1000 }, callsPerDay: null, TimeProvider.System);
        var upload = new UploadRunSettings
        {
            Connection = connection,
            Target = new ProvisioningTarget(arguments[9], arguments[10]),
            Limits = limits,
            Retries = Retries,
        };
        var safeguards = new SafeguardLimits();
        foreach (string name in (string[])["DisableLimit", "MissingLimit", "ShrinkLimit", "CreateLimit", "ClearLimit", "AttributeChangeLimit", "UserNameChangeLimit", "RejectLimit"])
        {
            safeguards.Set(name, SafeguardLimit.Parse("Unlimited"));
        }

        var settings = new SyncSettings { StatePath = BlobStates.IsUrl(arguments[2]) ? BlobStates.Locate(arguments[2], connection) : arguments[2], Initial = true, Limits = safeguards, DailyCallLimit = 1_000_000, WaitForLock = TimeSpan.FromSeconds(BlobStates.IsUrl(arguments[2]) ? 90 : 10) };
        var observer = new SilentObserver();
        using SyncSession session = SyncSession.Open(settings, observer, CancellationToken.None);
        session.RequireIdentity(new StateIdentity(arguments[10], arguments[9], connection.Endpoints.Graph.Host));
        if (await session.ResumeAsync(upload, CancellationToken.None) is { } early)
        {
            return early.ExitCode;
        }

        var conversion = new CsvConversion([arguments[1]], new ConversionOptions { Mapping = Mapping });
        ConversionSummary summary = conversion.Run(observer, rejects: null, CancellationToken.None, session.Records);
        session.Review(new SourceFacts { Summary = summary });
        SyncResult result = await session.CarryOutAsync(upload, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Status} {result.Accepted} {string.Join(',', result.Stops)} {result.Reason}"));
        return result.Status == SyncStatus.NothingToDo ? 10 : result.ExitCode;
    }

    private static ServiceConnection Connect(string graph, string authority, string root, string tenant, string client, string secret) => ServiceConnection.Open(
        new ConnectionSettings
        {
            Endpoints = ServiceEndpoints.Create(CloudEnvironment.Global, new Uri(graph), new Uri(authority)),
            TrustedRootCertificatePath = root,
            Credential = new SecretCredential(tenant, client, new NetworkCredential(string.Empty, secret).SecurePassword),
            Retries = Retries,
        },
        TimeProvider.System);

    private static AttributeMapping Mapping { get; } = new(new ComplexValue(
        [
            new MappedAttribute("externalId", new ColumnValue("WorkerID")),
            new MappedAttribute("userName", new ColumnValue("UserName")),
            new MappedAttribute("active", new ColumnValue("Active")),
            new MappedAttribute("title", new ColumnValue("Title")),
        ],
        isOrdered: true));
}
