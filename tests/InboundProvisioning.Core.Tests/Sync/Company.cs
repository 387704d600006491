using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Checks;
using InboundProvisioning.Conversion;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.State;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;
using InboundProvisioning.Upload;

namespace InboundProvisioning.Core.Tests.Sync;

/// <summary>A company with an HR export, a state and a clock. Its nights go as those of the cmdlet, without one.</summary>
internal sealed class Company : IDisposable
{
    // As in SyncCmdlet: what makes a file no source at all.
    private static readonly string[] SourceFaults = ["ColumnNotFound", "EmptyFile", "NotCsv", "MalformedHeader", "RepeatedColumn", "InvalidEncoding", "RecordTooLong"];

    private readonly TemporaryDirectory _directory = new(Directory.Exists("/dev/shm") ? "/dev/shm" : null);
    private readonly UploadRunSettings? _upload;

    /// <param name="upload">The way to the service; null where nothing is sent.</param>
    /// <param name="clock">The clock, where it is the service's too.</param>
    public Company(UploadRunSettings? upload = null, ManualTimeProvider? clock = null)
    {
        Clock = clock ?? new ManualTimeProvider();
        _upload = upload;
        Settings = new SyncSettings { StatePath = _directory.File("contoso.db"), Time = Clock, MappingText = "mapping" };
    }

    public ManualTimeProvider Clock { get; }

    /// <summary>Brings what the provisioning logs tell into a run; null where they are not read.</summary>
    public Func<SyncSession, Task>? Settle { get; set; }

    /// <summary>The settings of the next nights.</summary>
    public SyncSettings Settings { get; set; }

    /// <summary>What the records of the next nights are checked by; null for no check.</summary>
    public CheckOptions? Checks { get; set; }

    /// <summary>How the next nights convert.</summary>
    public ConversionOptions Options { get; set; } = new() { Mapping = HrFile.Mapping };

    public string StatePath => Settings.StatePath.Path;

    public string HrPath => _directory.File("hr.csv");

    public string Path(string name) => _directory.File(name);

    /// <summary>Sets limits of the next nights.</summary>
    public void Limit(params (string Name, string Limit)[] limits)
    {
        var all = new SafeguardLimits();
        foreach ((string name, string limit) in limits)
        {
            all.Set(name, new SafeguardLimit(limit));
        }

        Settings = Settings with { Limits = all };
    }

    /// <summary>The export is written, now.</summary>
    public void Export(IEnumerable<Worker> workers) => Export(HrFile.Bytes(workers));

    public void Export(string text) => Export(Encoding.UTF8.GetBytes(text));

    public void Export(byte[] bytes)
    {
        File.WriteAllBytes(HrPath, bytes);
        File.SetLastWriteTimeUtc(HrPath, Clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>A day passes, the export is written and taken as accepted.</summary>
    public Task BaselineAsync(IEnumerable<Worker> workers) => BaselineAsync(HrFile.Bytes(workers));

    public async Task BaselineAsync(byte[] export)
    {
        Settings = Settings with { Baseline = true };
        Night night = await NextAsync(export);
        Settings = Settings with { Baseline = false };
        Assert.Equal(SyncStatus.Completed, night.Result!.Status);
    }

    /// <summary>A day passes, the export is written, and a night runs.</summary>
    public Task<Night> NextAsync(IEnumerable<Worker> workers, CancellationToken cancellationToken = default) => NextAsync(HrFile.Bytes(workers), cancellationToken);

    public Task<Night> NextAsync(byte[] export, CancellationToken cancellationToken = default)
    {
        Clock.Advance(TimeSpan.FromDays(1));
        Export(export);
        return RunAsync(cancellationToken: cancellationToken);
    }

    /// <summary>Runs a night with the export as it lies there, or with a plan.</summary>
    public async Task<Night> RunAsync(string? planPath = null, SyncLog? log = null, CancellationToken cancellationToken = default)
    {
        log ??= new SyncLog();
        using SyncSession session = SyncSession.Open(Settings with { Limits = Copy() }, log, cancellationToken);
        if (Settle is not null)
        {
            await Settle(session);
        }

        if (_upload is not null && await session.ResumeAsync(_upload, cancellationToken) is { } early)
        {
            return new Night(early, Plan: null, [], log);
        }

        SourceFacts facts = planPath is null ? Read(session, log) : session.ReadPlan(planPath);
        ProvisioningPlan plan = session.Review(facts, Checks);
        IReadOnlyList<PlannedChange> changes = [.. session.Changes().Take(1000)];
        SyncResult result = await session.CarryOutAsync(_upload, cancellationToken);
        return new Night(result, plan, changes, log);
    }

    /// <summary>Makes a plan, which sends nothing.</summary>
    public Night Plan(string? path = null)
    {
        var log = new SyncLog();
        using SyncSession session = SyncSession.OpenForPlan(Settings with { Limits = Copy() }, log);
        ProvisioningPlan plan = session.Review(Read(session, log), Checks);
        if (path is not null)
        {
            session.WritePlan(path, plan);
        }

        return new Night(Result: null, plan, session.Changes(), log);
    }

    /// <summary>A day passes, the export is written, and a plan is made.</summary>
    public Night PlanNext(byte[] export)
    {
        Clock.Advance(TimeSpan.FromDays(1));
        Export(export);
        return Plan();
    }

    /// <summary>Approves what a night was stopped for.</summary>
    public void Approve(Night night, TimeSpan? expires = null) =>
        PlanApprovals.Approve(Settings.StatePath, night.Result!.PlanId!, "ann", "It is right.", expires ?? TimeSpan.FromDays(7), Clock);

    /// <summary>The people of the state: whether each is active.</summary>
    public Dictionary<long, bool> People()
    {
        using SqliteState state = StateAccess.OpenToRead(Settings.StatePath, checks: true);
        var people = new Dictionary<long, bool>();
        state.ReadPeople(person => people.Add(person.Key, person.IsActive));
        return people;
    }

    public void Dispose() => _directory.Dispose();

    // What a session adds of the limits that are kept must not stay.
    private SafeguardLimits Copy()
    {
        var limits = new SafeguardLimits();
        foreach (SafeguardRule rule in SafeguardRule.All.Where(rule => Settings.Limits.SourceOf(rule) == "parameter"))
        {
            limits.Set(rule.Name, Settings.Limits[rule]);
        }

        return limits;
    }

    private SourceFacts Read(SyncSession session, SyncLog log)
    {
        var summary = new ConversionSummary();
        InboundProvisioningException? fault = null;
        try
        {
            var conversion = new CsvConversion([HrPath], Options);
            conversion.CheckHeaders();
            summary = conversion.Run(log, rejects: null, CancellationToken.None, session.Records);
        }
        catch (InboundProvisioningException found) when (SourceFaults.Contains(found.ErrorId))
        {
            fault = found;
        }

        return new SourceFacts
        {
            Summary = summary,
            Fault = fault ?? log.FileFault,
            MapsActive = Options.Mapping.Maps("active"),
            WrittenOn = new DateTimeOffset(File.GetLastWriteTimeUtc(HrPath)),
            EndsWithLineBreak = SourceEnd.HasLineBreak(HrPath),
        };
    }
}
