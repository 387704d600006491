using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.EndToEnd.Nights;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Blobs;

/// <summary>What goes to the service is named where the state is kept before it goes, whatever befalls the machine or the place.</summary>
public sealed class KeptElsewhereTests : IClassFixture<EmulatedService>, IDisposable
{
    private readonly EmulatedService _service;
    private readonly MemoryStore _store = new();
    private readonly Company _company;

    public KeptElsewhereTests(EmulatedService service)
    {
        _service = service;
        _service.Emulator.ClearFaults();
        _company = new Company(_service.Upload);
        _company.Settings = _company.Settings with { StatePath = StateLocation.OfStore(_store), Initial = true };
    }

    public void Dispose() => _company.Dispose();

    [Fact]
    public async Task A_night_goes_as_with_a_file()
    {
        Night first = await _company.NextAsync(Worker.Many(120, prefix: "as"));
        List<Worker> people = Worker.Many(120, prefix: "as");
        people[7] = people[7] with { Title = "Head" };
        int uploads = _service.Uploads;
        Night second = await _company.NextAsync(people);

        Assert.Equal((SyncStatus.Completed, 120L), (first.Result!.Status, first.Result.Accepted));
        Assert.Equal((SyncStatus.Completed, 1L), (second.Result!.Status, second.Result.Accepted));
        Assert.Equal([people[7].Id], _service.IdsSince(uploads));
        Assert.Equal(120, _company.People().Count);
        Assert.Equal(4, second.Result.Calls + first.Result.Calls);
    }

    [Fact]
    public async Task What_is_worked_on_lies_in_a_folder_of_its_owner_and_goes_with_the_run()
    {
        await _company.BaselineAsync(Worker.Many(100, prefix: "folder"));
        string folder;
        using (SqliteState state = StateAccess.OpenForRun(_company.Settings.StatePath, StateContent.Record, TimeSpan.Zero, _company.Clock, CancellationToken.None))
        {
            folder = Path.GetDirectoryName(state.Keeper!.File)!;
            state.Save();
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(state.Keeper.Outgoing));
            }

            // Also where it ends badly.
            _store.BreakLease();
            Assert.Throws<InboundProvisioningException>(state.Save);
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Each_request_is_named_as_in_doubt_before_it_goes()
    {
        var uploads = new List<int> { _service.Uploads };
        _store.OnWritten = () => uploads.Add(_service.Uploads);

        // The clock goes on by 11 seconds with each answer: a save is due every third.
        var log = new SyncLog { Heard = _ => _company.Clock.Advance(TimeSpan.FromSeconds(11)) };
        _company.Export(Worker.Many(700, prefix: "named"));
        Night night = await _company.RunAsync(log: log);

        Assert.Equal((SyncStatus.Completed, 700L, 14), (night.Result!.Status, night.Result.Accepted, night.Result.Calls));
        Assert.True(_store.Written.Count > 4, $"It was saved {_store.Written.Count} times only.");
        for (int save = 0; save < _store.Written.Count; save++)
        {
            HashSet<string> named = [.. InDoubt(_store.Written[save])];
            int end = save + 1 < uploads.Count ? uploads[save + 1] : _service.Uploads;
            foreach (string sent in _service.Emulator.Uploads.Where(upload => upload.Number > uploads[save] && upload.Number <= end).Select(static upload => upload.Sha256))
            {
                Assert.Contains(sent, named, StringComparer.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task Requests_go_in_blocks_that_are_named_together()
    {
        var uploads = new List<int> { _service.Uploads };
        _store.OnWritten = () => uploads.Add(_service.Uploads);

        Night night = await _company.NextAsync(Worker.Many(12_100, prefix: "block"));

        Assert.Equal((SyncStatus.Completed, 12_100L, 242), (night.Result!.Status, night.Result.Accepted, night.Result.Calls));
        Assert.Equal(240, InDoubt(_store.Written[1]).Count());
        Assert.InRange(InDoubt(_store.Written[2]).Count(), 2, 241);
        Assert.Empty(InDoubt(_store.Written[^1]));
    }

    [Fact]
    public async Task A_machine_that_dies_after_any_save_has_lost_nothing_and_counts_its_calls()
    {
        List<Worker> people = Worker.Many(300, prefix: "dies");
        var log = new SyncLog { Heard = _ => _company.Clock.Advance(TimeSpan.FromSeconds(31)) };
        _company.Export(people);
        await _company.RunAsync(log: log);
        byte[][] saves = [.. _store.Written];
        foreach (byte[] save in saves.Skip(1))
        {
            string[] doubtful = [.. InDoubt(save)];
            int before = _service.Uploads;
            _store.GoBackTo(save);
            Night next = await _company.RunAsync();

            // What was in doubt goes first, in identical bytes, and nothing else.
            Assert.Equal(doubtful.Order(), _service.Emulator.Uploads.Where(upload => upload.Number > before).Select(static upload => upload.Sha256.ToUpperInvariant()).Order());
            Assert.Equal(SyncStatus.NothingToDo, next.Result!.Status);
            Assert.Equal(300, _company.People().Count);
            Assert.True(next.Result.CallsLeft <= SyncSettings.DefaultDailyCallLimit - 6 - doubtful.Length, $"{next.Result.CallsLeft} calls are left.");
        }
    }

    [Fact]
    public async Task Parts_of_a_request_that_is_refused_go_under_the_name_of_the_whole()
    {
        _service.Emulator.AddFaults(new Fault { Path = "bulkUpload", Status = 400, Count = 2 });

        Night night = await _company.NextAsync(Worker.Many(50, prefix: "parts"));

        // Created, named, and the end: no save for each part.
        Assert.Equal((50L, 3), (night.Result!.Accepted, _store.Written.Count));
        Assert.Equal(50, _company.People().Count);
    }

    [Fact]
    public async Task A_lost_lease_ends_the_run_before_its_next_call()
    {
        _company.Export(Worker.Many(400, prefix: "lease"));
        int before = _service.Uploads;
        var log = new SyncLog { Heard = _ => _store.BreakLease() };

        Night night = await Slow(() => _company.RunAsync(log: log));

        // One was answered, and those that were on their way with it.
        Assert.Equal((SyncStatus.Failed, "StateLockLost"), (night.Result!.Status, night.Result.Fault?.ErrorId));
        Assert.InRange(_service.Uploads - before, 1, 7);
        Assert.Equal(2, _store.Written.Count);
    }

    [Fact]
    public async Task A_lease_that_was_lost_before_the_first_call_lets_nothing_go()
    {
        _company.Export(Worker.Many(100, prefix: "first"));
        int before = _service.Uploads;
        _store.OnWritten = _store.BreakLease;

        Night night = await _company.RunAsync();

        Assert.Equal((SyncStatus.Failed, "StateLockLost"), (night.Result!.Status, night.Result.Fault?.ErrorId));
        Assert.Equal(before, _service.Uploads);
    }

    [Fact]
    public async Task A_run_that_waits_finds_the_lost_lease_by_the_clock()
    {
        await _company.BaselineAsync(Worker.Many(100, prefix: "wait"));
        using SqliteState state = StateAccess.OpenForRun(_company.Settings.StatePath, StateContent.Record, TimeSpan.Zero, _company.Clock, CancellationToken.None);
        _company.Clock.Advance(TimeSpan.FromSeconds(21));
        int renewals = _store.Renewals;
        _store.BreakLease();
        Assert.False(state.Keeper!.Lost.IsCancellationRequested);

        _company.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.True(renewals > 0);
        Assert.True(state.Keeper.Lost.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
        Assert.Equal("StateLockLost", Assert.Throws<InboundProvisioningException>(state.Save).ErrorId);
    }

    [Fact]
    public async Task Where_the_place_cannot_be_reached_any_more_nothing_new_is_named_and_nothing_is_lost()
    {
        List<Worker> people = Worker.Many(300, prefix: "down");
        _company.Export(people);
        var log = new SyncLog { Heard = _ => _store.IsDown = true };

        Night night = await Slow(() => _company.RunAsync(log: log));
        _store.IsDown = false;
        _store.BreakLease();
        Night next = await _company.RunAsync();

        Assert.Equal((SyncStatus.Failed, "StateNotWritten"), (night.Result!.Status, night.Result.Fault?.ErrorId));
        Assert.Equal(SyncStatus.NothingToDo, next.Result!.Status);
        Assert.Equal(300, _company.People().Count);
    }

    [Fact]
    public async Task A_run_that_is_broken_off_keeps_what_it_knows()
    {
        using var stop = new CancellationTokenSource();
        _company.Export(Worker.Many(600, prefix: "off"));
        var log = new SyncLog { Heard = _ => stop.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Slow(() => _company.RunAsync(log: log, cancellationToken: stop.Token)));

        // Those that were on their way are in doubt; those that had not begun are not.
        Assert.InRange(InDoubt(_store.Written[^1]).Count(), 0, 8);
        Assert.True(_company.People().Count >= 50);
        Assert.Equal(SyncStatus.Completed, (await _company.RunAsync()).Result!.Status);
        Assert.Equal(600, _company.People().Count);
    }

    [Fact]
    public async Task A_state_that_another_run_holds_is_locked_and_waited_for()
    {
        await _company.BaselineAsync(Worker.Many(100, prefix: "held"));
        SqliteState other = StateAccess.OpenForRun(_company.Settings.StatePath, StateContent.Record, TimeSpan.Zero, _company.Clock, CancellationToken.None);

        InboundProvisioningException locked = await Assert.ThrowsAsync<InboundProvisioningException>(() => _company.RunAsync());
        _company.Settings = _company.Settings with { WaitForLock = TimeSpan.FromHours(1) };
        Task<Night> waiting = Task.Run(() => _company.RunAsync());
        await Task.WhenAny(waiting, Task.Delay(300));
        Assert.False(waiting.IsCompleted);
        other.Dispose();

        Assert.Equal("StateLocked", locked.ErrorId);
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", locked.Message, StringComparison.Ordinal);
        Assert.Equal(SyncStatus.NothingToDo, (await waiting).Result!.Status);
    }

    private async Task<Night> Slow(Func<Task<Night>> run)
    {
        // Long enough that what is heard comes before the next requests go.
        _service.Emulator.AddFaults(new Fault { Path = "bulkUpload", Action = FaultAction.Slow, DelayMs = 100, Count = 100 });
        try
        {
            return await run();
        }
        finally
        {
            _service.Emulator.ClearFaults();
        }
    }

    private static IEnumerable<string> InDoubt(byte[] state)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory.File("state.db"), state);
        using SqliteState open = SqliteState.Open(directory.File("state.db"), writes: false, checks: true);
        return [.. open.InDoubt().Select(static request => Convert.ToHexString(SHA256.HashData(request.Body)))];
    }
}
