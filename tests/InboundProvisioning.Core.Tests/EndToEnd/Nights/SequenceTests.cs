using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Records;
using InboundProvisioning.Scim;
using InboundProvisioning.State;
using InboundProvisioning.Sync;
using Xunit.Abstractions;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>
/// Random sequences of nights, seeded: files with joiners, leavers and changes, accidents, outages, lost answers, ends of the quota, aborts,
/// cancellations, holds, approvals, plans, edited mappings. What the state knows is what the service has, always; after a calm night that is
/// the last file; and nothing is accepted twice but what was in doubt. SYNC_SEQUENCES says how many, SYNC_SEQUENCE the first seed.
/// </summary>
public sealed class SequenceTests : IClassFixture<EmulatedService>
{
    private readonly EmulatedService _service;
    private readonly ITestOutputHelper _output;
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public SequenceTests(EmulatedService service, ITestOutputHelper output)
    {
        _service = service;
        _output = output;
    }

    [Fact]
    public async Task Whatever_comes_between_the_service_holds_the_last_file_and_nothing_was_sent_twice_without_doubt()
    {
        int first = Setting("SYNC_SEQUENCE", 1);
        int count = Setting("SYNC_SEQUENCES", 40);
        for (int seed = first; seed < first + count; seed++)
        {
            try
            {
                await LiveAsync(seed);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"Sequence {seed}: {fault.Message}"), fault);
            }
        }

        _output.WriteLine($"{count} sequences: " + string.Join(", ", _counts.Select(static one => $"{one.Value} {one.Key}")));
    }

    private async Task LiveAsync(int seed)
    {
        var random = new Random(seed);
        string prefix = string.Create(CultureInfo.InvariantCulture, $"s{seed}-");
        using var company = new Company(_service.Upload);
        var book = new Book(_service, company);
        List<Worker> people = Worker.Many(random.Next(1, 8) * random.Next(1, 22), prefix: prefix);
        int last = people.Count;
        company.Settings = company.Settings with
        {
            MissingRecord = (MissingRecordHandling)random.Next(3),
            LimitAction = random.Next(4) == 0 ? LimitAction.Hold : LimitAction.Stop,
            StateContent = StateContent.Record,
        };
        if (random.Next(4) == 0)
        {
            await company.BaselineAsync(people);
            book.Baseline();
        }
        else
        {
            company.Settings = company.Settings with { Initial = true };
            await NightAsync(company, book, random, people);
            company.Settings = company.Settings with { Initial = !File.Exists(company.StatePath) || company.People().Count == 0 };
        }

        int nights = random.Next(2, 8);
        for (int night = 0; night < nights; night++)
        {
            Live(random, people, ref last, prefix);
            if (random.Next(12) == 0)
            {
                Count("edited mappings");
                company.Settings = company.Settings with { MappingText = "mapping " + night, MappingChange = (MappingChangeHandling)random.Next(4) };
                company.Options = company.Options with { Mapping = HrFile.MappingWith(("nickName", random.Next(2) == 0 ? "GivenName" : "Surname")) };
            }

            await NightAsync(company, book, random, people);
        }

        // Calm nights, more than a missing person or a refused record waits for: what is stopped is right, and is approved.
        company.Settings = company.Settings with { LimitAction = LimitAction.Stop, MappingChange = MappingChangeHandling.Resend };
        Night calm = await company.NextAsync(people);
        for (int again = 0; again < 3 || (calm.Result!.Status != SyncStatus.NothingToDo && again < 25); again++)
        {
            book.Check();
            Assert.True(calm.Result!.Status is SyncStatus.Stopped or SyncStatus.Completed or SyncStatus.NothingToDo, calm.Result.ToString());
            if (calm.Result.Status == SyncStatus.Stopped)
            {
                company.Approve(calm);
            }

            calm = await company.NextAsync(people);
        }

        Assert.Equal(string.Empty, string.Join(", ", calm.Changes.Select(static change => $"{change}: {change.Held}: {string.Join(", ", change.Attributes)}")));
        Assert.Equal((SyncStatus.NothingToDo, (long)people.Count, 0L), (calm.Result!.Status, calm.Result.Unchanged, calm.Result.Held));
        book.Check();
        book.CheckOnce();
        if (company.Settings.MissingRecord == MissingRecordHandling.Disable)
        {
            HashSet<long> there = [.. people.Select(static one => PersonKey.Of(one.Id))];
            Assert.All(company.People().Where(one => !there.Contains(one.Key)), static one => Assert.False(one.Value));
        }
    }

    private static void Live(Random random, List<Worker> people, ref int last, string prefix)
    {
        for (int joiners = random.Next(4) * random.Next(3); joiners > 0; joiners--)
        {
            people.Add(Worker.Of(++last, prefix));
        }

        for (int changes = random.Next(random.Next(4) == 0 ? people.Count : 5); changes > 0 && people.Count > 1; changes--)
        {
            int place = random.Next(people.Count);
            people[place] = random.Next(5) switch
            {
                0 => people[place] with { IsActive = !people[place].IsActive },
                1 => people[place] with { Title = "Title " + random.Next(3) },
                2 => people[place] with { Department = random.Next(3) == 0 ? string.Empty : "Ümit " + random.Next(3) },
                3 => people[place] with { UserName = string.Create(CultureInfo.InvariantCulture, $"{prefix}n{random.Next()}@contoso.com") },
                _ => people[place] with { Id = people[place].Id.ToUpperInvariant() },
            };
        }

        for (int drops = random.Next(random.Next(6) == 0 ? people.Count : 3); drops > 0 && people.Count > 1; drops--)
        {
            people.RemoveAt(random.Next(people.Count));
        }
    }

    private async Task NightAsync(Company company, Book book, Random random, List<Worker> people)
    {
        company.Clock.Advance(TimeSpan.FromHours(random.Next(3) == 0 ? 3 : 24));
        company.Export(people);
        if (random.Next(10) == 0)
        {
            Count("accidents");
            company.Export(HrFile.Bytes(people)[..random.Next(HrFile.Header.Length, HrFile.Bytes(people).Length)]);
        }

        SyncSettings settings = company.Settings;
        try
        {
            await DisturbedAsync(company, random);
        }
        catch (OperationCanceledException)
        {
            Count("cancelled");
        }
        catch (AbortException)
        {
            Count("aborted");
        }
        catch (InboundProvisioningException fault) when (fault.ErrorId is "PlanStale" or "InitialRunUndecided")
        {
            Count(fault.ErrorId);
        }
        finally
        {
            _service.Emulator.ClearFaults();
            company.Settings = settings;
        }

        if (File.Exists(company.StatePath))
        {
            book.Check();
        }
    }

    private async Task DisturbedAsync(Company company, Random random)
    {
        var log = new SyncLog();
        string? plan = null;
        using var stop = new CancellationTokenSource();
        int after = random.Next(3);
        void After(Action action) => log.Heard = _ =>
        {
            if (after-- == 0)
            {
                action();
            }
        };

        switch (random.Next(18))
        {
            case 0:
                Fault(new Fault { Status = 503, Count = random.Next(1, 4) });
                break;
            case 1:
                Fault(new Fault { Action = FaultAction.ResetAfterAccept, Count = random.Next(1, 3) });
                break;
            case 2:
                Fault(new Fault { Action = FaultAction.Reset, Count = random.Next(1, 3) });
                break;
            case 3:
                Fault(new Fault { Status = 429 });
                break;
            case 4 when !HasDoubts(company):
                // Of what the service has taken it does not say the next time that it is wrong.
                Fault(new Fault { Status = 400, Count = random.Next(1, 6) });
                break;
            case 5:
                Fault(new Fault { Status = random.Next(2) == 0 ? 401 : 403 });
                break;
            case 6 or 7:
                company.Settings = company.Settings with { DailyCallLimit = random.Next(1, 4) };
                break;
            case 8:
                company.Settings = company.Settings with { MaximumDuration = TimeSpan.Zero };
                break;
            case 9 or 10:
                After(static () => throw new AbortException());
                break;
            case 11:
                After(stop.Cancel);
                break;
            case 12:
                await CancelInFlightAsync(company, stop);
                return;
            case 13 when File.Exists(company.StatePath) && company.People().Count > 0:
                plan = company.Path("plan.json");
                company.Plan(plan);
                break;
        }

        Night night = await company.RunAsync(plan, log, stop.Token);
        Count(night.Result!.Status.ToString());
        if (night.Result.Status == SyncStatus.Stopped && random.Next(2) == 0 && night.Result.Stops.Any(static one => one.CanBeApproved))
        {
            company.Approve(night);
            Count("approved");
        }
    }

    private static bool HasDoubts(Company company)
    {
        if (!File.Exists(company.StatePath))
        {
            return false;
        }

        using SqliteState state = SqliteState.Open(company.StatePath, writes: false, checks: false);
        return state.InDoubt().Count > 0;
    }

    // The service takes a request, and its answer does not come before the end.
    private async Task CancelInFlightAsync(Company company, CancellationTokenSource stop)
    {
        _service.Emulator.AddFaults(new Fault { Path = "bulkUpload", Action = FaultAction.Slow, DelayMs = 60_000, Count = 4 });
        int uploads = _service.Uploads;
        Task<Night> run = Task.Run(() => company.RunAsync(cancellationToken: stop.Token));
        while (!run.IsCompleted && _service.Uploads == uploads)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await run;
    }

    private void Fault(Fault fault)
    {
        _service.Emulator.AddFaults(fault with { Path = "bulkUpload" });
    }

    private void Count(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    private sealed class AbortException : Exception;

    /// <summary>What the state and the service say of each other.</summary>
    private sealed class Book(EmulatedService service, Company company)
    {
        private readonly Dictionary<long, RecordFingerprint> _baseline = [];
        private readonly Dictionary<string, int> _doubts = new(StringComparer.OrdinalIgnoreCase);

        public void Baseline() => Read(static (_, _) => { }, (_, person) => _baseline[person.Key] = person.Fingerprint);

        /// <summary>What the state takes as accepted is what the service has; what is in doubt may come twice.</summary>
        public void Check()
        {
            var known = new List<(string Id, KnownPerson Person)>();
            bool isSure = true;
            Read(
                (id, _) =>
                {
                    isSure = false;
                    _doubts[id] = _doubts.GetValueOrDefault(id) + 1;
                },
                (id, person) => known.Add((id, person)));
            foreach ((string id, KnownPerson person) in isSure ? known : [])
            {
                RecordFingerprint? there = service.Emulator.Record(id) is { } record
                    ? RecordFingerprint.Of(Encoding.UTF8.GetBytes(record.Data.GetRawText()))
                    : _baseline.TryGetValue(person.Key, out RecordFingerprint accepted) ? accepted : null;
                Assert.True(there == person.Fingerprint, $"'{id}' is not what the state takes it for.");
            }
        }

        /// <summary>Nothing was accepted twice in the same bytes but what was in doubt.</summary>
        public void CheckOnce() => Read(static (_, _) => { }, (id, _) =>
            Assert.True((service.Emulator.Record(id)?.Needless ?? 0) <= _doubts.GetValueOrDefault(id), $"'{id}' was sent again without need."));

        private void Read(Action<string, long> doubtful, Action<string, KnownPerson> known)
        {
            using SqliteState state = SqliteState.Open(company.StatePath, writes: false, checks: true);
            var reader = new RecordReader(state.Shapes);
            foreach (OutboxRequest request in state.InDoubt())
            {
                foreach (ReadOnlyMemory<byte> user in BulkRequestUsers.Of(request.Body))
                {
                    doubtful(reader.Read(user.Span).ExternalId!, request.Id);
                }
            }

            var people = new List<KnownPerson>();
            state.ReadPeople(people.Add);
            foreach (KnownPerson person in people)
            {
                known(state.Find(person.Key)!.ExternalId, person);
            }
        }
    }
}
