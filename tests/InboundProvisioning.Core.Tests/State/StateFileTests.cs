using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.State;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Changes;
using Microsoft.Data.Sqlite;

namespace InboundProvisioning.Core.Tests.State;

/// <summary>The file of a state: what it is refused for, its copies, its lock, and what it keeps.</summary>
public sealed class StateFileTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task A_state_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        using Company company = await Begin();
        Execute(company.StatePath, "PRAGMA user_version = 99");
        byte[] before = await File.ReadAllBytesAsync(company.StatePath);

        InboundProvisioningException fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync());

        Assert.Equal("StateTooNew", fault.ErrorId);
        Assert.Contains("format 99", fault.Message, StringComparison.Ordinal);
        Assert.Equal("StateTooNew", Assert.Throws<InboundProvisioningException>(() => company.Plan()).ErrorId);
        Assert.Equal(before, await File.ReadAllBytesAsync(company.StatePath));
    }

    [Theory]
    [InlineData("WorkerID,Name\n1,Ann\n")]
    [InlineData("SQLite format 3")]
    [InlineData("another program's database")]
    public async Task A_file_that_is_no_state_is_refused_and_left_as_it_is(string content)
    {
        using Company company = await Begin();
        File.Delete(company.StatePath);
        if (content.StartsWith("another", StringComparison.Ordinal))
        {
            using var connection = new SqliteConnection($"Data Source={company.StatePath};Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE person(x); INSERT INTO person VALUES(1)";
            command.ExecuteNonQuery();
        }
        else
        {
            await File.WriteAllTextAsync(company.StatePath, content);
        }

        byte[] before = await File.ReadAllBytesAsync(company.StatePath);
        Assert.Equal("StateNotOurs", (await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync())).ErrorId);
        Assert.Equal(before, await File.ReadAllBytesAsync(company.StatePath));
    }

    [Fact]
    public async Task A_damaged_state_is_refused_or_harmless_and_a_copy_brings_it_back()
    {
        using Company company = await Begin(300);
        List<Worker> people = Worker.Many(300);
        byte[] whole = await File.ReadAllBytesAsync(company.StatePath);
        string[] last = [.. people.Skip(290).Select(static one => one.Id)];
        var random = new Random(1);
        int refused = 0;
        for (int attempt = 0; attempt < 40; attempt++)
        {
            // A page that was written badly: 512 bytes of nonsense.
            byte[] damaged = (byte[])whole.Clone();
            int place = random.Next(whole.Length / 512) * 512;
            random.NextBytes(damaged.AsSpan(place, 512));
            await File.WriteAllBytesAsync(company.StatePath, damaged);
            try
            {
                // What is not noticed harms nobody: a person is sent again at the most.
                company.Settings = company.Settings with { MissingRecord = MissingRecordHandling.Disable, MissingRuns = 1 };
                company.Export(people.Select(static one => one with { Title = "Lead" }).Take(200).Concat(people.Skip(200).Take(90)));
                company.Limit(("AttributeChangeLimit", "Unlimited"));
                Night night = company.Plan();
                Assert.All(night.Changes.Where(static one => one.Kind is ChangeKind.Missing), one => Assert.Contains(one.ExternalId, last));
            }
            catch (InboundProvisioningException fault)
            {
                Assert.True(fault.ErrorId is "StateDamaged" or "StateNotOurs" or "StateTooNew" or "StateUnavailable", fault.ErrorId + ": " + fault.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 10, 40);
        company.Settings = company.Settings with { MissingRecord = MissingRecordHandling.Report };
        await File.WriteAllBytesAsync(company.StatePath, whole[..(whole.Length / 2)]);
        Assert.Equal("StateDamaged", (await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync())).ErrorId);
        StateRepairResult repaired = StateRepair.FromCopy(company.StatePath, company.Clock, CancellationToken.None);
        Assert.Equal(300, repaired.People);
        Assert.Equal(SyncStatus.NothingToDo, (await company.NextAsync(people)).Result!.Status);
    }

    [Fact]
    public async Task Three_copies_are_kept_and_the_newest_good_one_comes_back()
    {
        using Company company = await Begin();
        for (int night = 0; night < 5; night++)
        {
            // A missing person is something to keep.
            await company.NextAsync(Worker.Many(60).Skip(night % 2));
        }

        string[] copies = [.. Enumerable.Range(1, 4).Select(number => StateCopies.PathOf(company.StatePath, number))];
        Assert.Equal([true, true, true, false], copies.Select(File.Exists));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(company.StatePath)!, "*.tmp"));
        Damage(copies[0]);
        File.Delete(company.StatePath);
        InboundProvisioningException lost = await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync());
        Assert.Equal("StateNotFound", lost.ErrorId);
        Assert.Contains("Repair-ProvisioningState", lost.Message, StringComparison.Ordinal);

        StateRepairResult repaired = StateRepair.FromCopy(company.StatePath, company.Clock, CancellationToken.None);

        Assert.Equal((copies[1], 60L, null), (repaired.Source, repaired.People, repaired.KeptAs));
        Assert.Equal(60, company.People().Count);
        Assert.All(copies.Take(3), copy => Assert.True(File.Exists(copy)));
        foreach (string copy in copies.Take(3))
        {
            Damage(copy);
        }

        Assert.Equal("StateNotDamaged", Assert.Throws<InboundProvisioningException>(() => StateRepair.FromCopy(company.StatePath, company.Clock, CancellationToken.None)).ErrorId);
        Assert.Equal(60, company.People().Count);
        File.Delete(company.StatePath);
        Assert.Equal("StateNotRepaired", Assert.Throws<InboundProvisioningException>(() => StateRepair.FromCopy(company.StatePath, company.Clock, CancellationToken.None)).ErrorId);
    }

    [Fact]
    public async Task A_second_run_learns_who_holds_the_state_or_waits_for_it()
    {
        using Company company = await Begin();
        SyncSession first = SyncSession.Open(company.Settings, new SyncLog(), CancellationToken.None);

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => SyncSession.Open(company.Settings, new SyncLog(), CancellationToken.None));
        Assert.Equal("StateLocked", fault.ErrorId);
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}, since 2026-03-02 08:00:00Z", fault.Message, StringComparison.Ordinal);
        Assert.Equal("StateLocked", Assert.Throws<InboundProvisioningException>(() => StateRepair.FromCopy(company.StatePath, company.Clock, CancellationToken.None)).ErrorId);

        // A plan only looks.
        company.Export(Worker.Many(60));
        Assert.Empty(company.Plan().Stops);

        Task<SyncSession> second = Task.Run(() => SyncSession.Open(company.Settings with { WaitForLock = TimeSpan.FromHours(1) }, new SyncLog(), CancellationToken.None));
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task A_wait_for_the_lock_can_be_broken_off()
    {
        using Company company = await Begin();
        using SyncSession first = SyncSession.Open(company.Settings, new SyncLog(), CancellationToken.None);
        using var stop = new CancellationTokenSource();
        Task second = Task.Run(() => SyncSession.Open(company.Settings with { WaitForLock = TimeSpan.FromHours(1) }, new SyncLog(), stop.Token));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task A_state_that_vanishes_or_is_taken_over_is_not_written_any_more()
    {
        using Company company = await Begin();
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        state.Hold(new StateHolder("host", 1, company.Clock.GetUtcNow(), Guid.NewGuid()));
        state.Set("x", "1");
        using (SqliteState other = SqliteState.Open(company.StatePath, writes: true, checks: true))
        {
            other.Hold(new StateHolder("host", 1, company.Clock.GetUtcNow(), Guid.NewGuid()));
        }

        Assert.Equal("StateLockLost", Assert.Throws<InboundProvisioningException>(() => state.Set("x", "2")).ErrorId);
        Assert.Equal("StateLockLost", Assert.Throws<InboundProvisioningException>(() => state.Begin(1, [1], 1, company.Clock.GetUtcNow())).ErrorId);
        using SqliteState third = SqliteState.Open(company.StatePath, writes: true, checks: true);
        Assert.Equal("1", third.Get("x"));
        File.Delete(company.StatePath);
        Assert.Equal("StateVanished", Assert.Throws<InboundProvisioningException>(() => third.Set("x", "3")).ErrorId);
        Assert.False(File.Exists(company.StatePath));
    }

    [Fact]
    public void A_folder_that_is_not_there_or_not_writable_is_said_at_once()
    {
        using var directory = new TemporaryDirectory();
        var settings = new SyncSettings { StatePath = directory.File("none/contoso.db"), Baseline = true, Time = new ManualTimeProvider() };

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => SyncSession.Open(settings, new SyncLog(), CancellationToken.None));

        Assert.Equal("StateNotWritten", fault.ErrorId);
    }

    [Fact]
    public async Task A_full_disk_is_a_clear_end_and_loses_nothing()
    {
        using Company company = await Begin();
        using (SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true))
        {
            LimitPages(state);
            InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() =>
            {
                for (int i = 0; i < 100; i++)
                {
                    state.Begin(1, new byte[50_000], 1, company.Clock.GetUtcNow());
                }
            });
            Assert.Equal("StateNotWritten", fault.ErrorId);
            Assert.Contains("is full", fault.Message, StringComparison.Ordinal);
            Assert.Equal(60, state.People);
        }

        Assert.Equal(60, company.People().Count);
    }

    [Fact]
    public async Task The_state_and_all_beside_it_are_their_owners_alone()
    {
        using Company company = await Begin();
        await company.NextAsync(Worker.Many(59));
        company.Export(Worker.Many(58));
        company.Plan(company.Path("plan.json"));
        File.Delete(company.HrPath);
        string[] files = Directory.GetFiles(Path.GetDirectoryName(company.StatePath)!);

        Assert.Contains(files, static file => file.EndsWith(".copy1", StringComparison.Ordinal));
        Assert.Contains(files, static file => file.EndsWith("plan.json", StringComparison.Ordinal));
        Assert.All(files, static file => Assert.Equal(Owner, ModeOf(file)));
        File.Delete(company.StatePath);
        StateRepair.FromCopy(company.StatePath, company.Clock, CancellationToken.None);
        Assert.Equal(Owner, ModeOf(company.StatePath));
    }

    [Fact]
    public async Task A_state_of_fingerprints_holds_no_personal_data_but_ids()
    {
        using var company = new Company();
        company.Settings = company.Settings with { StateContent = StateContent.Fingerprint };
        List<Worker> people = Worker.Many(60);
        await company.BaselineAsync(people);
        people[3] = people[3] with { Title = "Lead", UserName = "someone@contoso.com" };
        Night plan = company.PlanNext(HrFile.Bytes(people));
        await company.NextAsync(people.Skip(20).Select(static one => one with { Title = "Chief" }));

        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(company.StatePath)!).Where(file => file != company.HrPath))
        {
            string bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).ToUpperInvariant();
            Assert.All((string[])["Given", "Smith", "Engineer", "user3", "@contoso", "Department 1", "Chief"], text => Assert.DoesNotContain(text.ToUpperInvariant(), bytes, StringComparison.Ordinal));
        }

        PlannedChange change = Assert.Single(plan.Changes);
        Assert.Equal(["title", "userName"], change.Attributes.Select(static one => one.Attribute).Order());
        Assert.All(change.Attributes, static one => Assert.Null(one.OldValue));
        company.Settings = company.Settings with { MissingRecord = MissingRecordHandling.Disable };
        Assert.Equal("RecordsNotKept", (await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync())).ErrorId);
        company.Settings = company.Settings with { MissingRecord = MissingRecordHandling.Report, StateContent = StateContent.Record };
        Assert.Equal("StateContentDiffers", (await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync())).ErrorId);
    }

    [Fact]
    public async Task A_state_is_of_one_job()
    {
        using Company company = await Begin();
        using (SyncSession session = SyncSession.Open(company.Settings, new SyncLog(), CancellationToken.None))
        {
            session.RequireIdentity(new StateIdentity("API2AAD.t.1", "sp", "graph.microsoft.com"));
            session.RequireIdentity(new StateIdentity("api2aad.T.1", "other", "Graph.microsoft.com"));
        }

        using SyncSession next = SyncSession.OpenForPlan(company.Settings, new SyncLog());
        Assert.Equal("StateOfAnotherJob", Assert.Throws<InboundProvisioningException>(() => next.RequireIdentity(new StateIdentity("API2AAD.t.2", "sp", "graph.microsoft.com"))).ErrorId);
        Assert.Equal("StateOfAnotherJob", Assert.Throws<InboundProvisioningException>(() => next.RequireIdentity(new StateIdentity("API2AAD.t.1", "sp", "graph.microsoft.us"))).ErrorId);
    }

    [Theory]
    [InlineData("/home/ann/contoso.db", false)]
    [InlineData("/mnt/share/contoso.db", true)]
    [InlineData("/mnt/share/disk/contoso.db", false)]
    [InlineData("/mnt/sharedisk/contoso.db", false)]
    [InlineData("/mnt/smb/deep/er/contoso.db", true)]
    [InlineData("/mnt/ssh/contoso.db", true)]
    public void A_share_is_known_by_the_innermost_mount(string path, bool isOnNetwork) => Assert.Equal(isOnNetwork, StateFile.IsOnNetwork(path,
    [
        ("/", DriveType.Fixed, "ext4"),
        ("/mnt/share", DriveType.Network, "unknown"),
        ("/mnt/share/disk", DriveType.Fixed, "xfs"),
        ("/mnt/smb", DriveType.Unknown, "CIFS"),
        ("/mnt/ssh", DriveType.Unknown, "fuse.sshfs"),
    ]));

    [Fact]
    public void A_share_is_refused_unless_it_is_allowed()
    {
        var settings = new SyncSettings { StatePath = @"\\server\share\contoso.db", Baseline = true };

        Assert.Equal("StateOnNetwork", Assert.Throws<InboundProvisioningException>(() => SyncSession.Open(settings, new SyncLog(), CancellationToken.None)).ErrorId);
        Assert.Equal("StateOnNetwork", Assert.Throws<InboundProvisioningException>(() => SyncSession.OpenForPlan(settings, new SyncLog())).ErrorId);
    }

    [Fact]
    public async Task What_is_old_is_forgotten_and_people_are_not()
    {
        using Company company = await Begin();
        DateTimeOffset now = company.Clock.GetUtcNow();
        using (SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true))
        {
            long run = state.BeginRun(now);
            long request = state.Begin(run, """{"Operations":[{"data":{"externalId":"x","active":true}}]}"""u8.ToArray(), 1, now);
            state.Settle(request, new RequestOutcome(RequestState.Refused, 400, "r", now, "x", Attempts: 3));
            state.KeepPlan("OLD", run, now, new Dictionary<string, HashSet<long>> { ["DisableLimit"] = [1, 2] });
            state.Approve(new PlanApproval { PlanId = "OLD", ApprovedBy = "ann", ApprovedOn = now, ExpiresOn = now + TimeSpan.FromDays(1000), Reason = "x" });
            Assert.Equal(3, state.CallsSince(now - TimeSpan.FromHours(24)));
            Assert.Equal(0, state.CallsSince(now));
            Assert.Equal(1, Count(company.StatePath, "approval"));
        }

        company.Clock.Advance(TimeSpan.FromDays(25));
        await company.NextAsync(Worker.Many(60));
        Assert.Equal([1, 2, 1, 0, 1], ((string[])["plan", "concern", "approval", "call", "request"]).Select(table => Count(company.StatePath, table)));
        company.Clock.Advance(TimeSpan.FromDays(50));
        await company.NextAsync(Worker.Many(60));
        Assert.Equal([0, 0, 0, 0, 0], ((string[])["plan", "concern", "approval", "call", "request"]).Select(table => Count(company.StatePath, table)));
        company.Clock.Advance(TimeSpan.FromDays(410));
        await company.NextAsync(Worker.Many(60));
        Assert.Equal(1, Count(company.StatePath, "run"));
        Assert.Equal(60, company.People().Count);
    }

    private static async Task<Company> Begin(int size = 60)
    {
        var company = new Company();
        await company.BaselineAsync(Worker.Many(size));
        return company;
    }

    // The connection has no more pages than it has, which is what SQLite finds on a full disk: https://www.sqlite.org/pragma.html#pragma_max_page_count
    private static void LimitPages(SqliteState state)
    {
        var connection = (StateConnection)typeof(SqliteState).GetField("_db", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(state)!;
        connection.Execute("PRAGMA max_page_count = 1");
    }

    // Windows has access lists in their place.
    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? Owner : File.GetUnixFileMode(path);

    private static void Damage(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
    }

    private static int Count(string path, string table)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM " + table;
        return (int)(long)command.ExecuteScalar()!;
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
