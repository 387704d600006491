using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Emulator;
using InboundProvisioning.Emulator.Faults;
using InboundProvisioning.Outcomes;
using InboundProvisioning.State;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>What became of the people: each night learns it of the one before, tells it once, and tries again what may mend itself.</summary>
public sealed class OutcomeTests
{
    private const string InvalidName = "AzureActiveDirectoryInvalidUserPrincipalName";

    [Fact]
    public async Task The_next_night_knows_who_succeeded_and_tells_each_failure_once()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        List<Worker> people = Worker.Many(60);
        people[10] = people[10] with { UserName = "eleven@nowhere.example" };
        Night first = await world.BeginAsync(people);
        Assert.Equal((60L, 0), (first.Result!.Accepted, first.Result.ExitCode));
        Assert.Null(first.Result.Outcome!.Since);
        Assert.Equal(60, world.People(RecordStatus.Open).Count);
        world.Cycle();

        Night second = await world.Company.NextAsync(people);
        Night third = await world.Company.NextAsync(people);

        Assert.Equal((59L, 1L, 0L, 4), (second.Result!.Outcome!.Succeeded, second.Result.Outcome.Failed, second.Result.Outcome.Open, second.Result.ExitCode));
        Assert.Equal(("00011", InvalidName), (second.Result.Outcome.Failures.Single().ExternalId, second.Result.Outcome.Failures.Single().ErrorCode));
        Assert.Contains(second.Log.Warnings, static text => text.Contains("'00011'") && text.Contains(InvalidName) && text.Contains("verified domain"));
        Assert.Equal((0L, 0), (third.Result!.Outcome!.Failed, third.Result.ExitCode));
        Assert.DoesNotContain(third.Log.Warnings, static text => text.Contains("00011"));
        ProvisioningRecord failed = world.People(RecordStatus.Failed).Values.Single();
        Assert.Equal(("00011", InvalidName, "create", 1, null), (failed.ExternalId, failed.ErrorCode, failed.Action, failed.Attempts, failed.NextAttemptOn));
        Assert.Equal(59, world.People(RecordStatus.Succeeded).Count);
    }

    [Fact]
    public async Task What_does_not_mend_itself_waits_until_the_record_changes()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        List<Worker> people = Worker.Many(20);
        people[3] = people[3] with { UserName = "four@nowhere.example" };
        await world.BeginAsync(people);
        world.Cycle();
        for (int night = 0; night < 10; night++)
        {
            Assert.Equal(0, (await world.Company.NextAsync(people)).Result!.Sent);
        }

        people[3] = people[3] with { UserName = "four@contoso.com" };
        Night mended = await world.Company.NextAsync(people);
        world.Cycle();
        Night after = await world.Company.NextAsync(people);

        Assert.Equal((1L, 0L, 1L), (mended.Result!.Sent, mended.Result.Again, mended.Result.Changed));
        Assert.Equal(1, after.Result!.Outcome!.Succeeded);
        Assert.Empty(world.People(RecordStatus.Failed));
    }

    [Fact]
    public async Task Where_nobody_waits_for_news_the_logs_are_not_read()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        await world.BeginAsync(Worker.Many(5));
        world.Cycle();

        Assert.Equal(5, (await world.UpdateAsync()).Succeeded);
        Assert.Null((await world.UpdateAsync()).Since);
    }

    [Fact]
    public async Task Who_was_accepted_before_the_logs_begin_is_not_sent_once_more()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        List<Worker> people = Worker.Many(30);
        await world.BeginAsync(people);

        // For months nobody lets the app read the logs; then somebody does, and they reach back 30 days.
        world.Company.Clock.Advance(TimeSpan.FromDays(100));
        world.Emulator.AddProvisioningEvents(10);
        world.Company.Clock.Advance(TimeSpan.FromHours(2));

        Night night = await world.Company.NextAsync(people);

        Assert.Equal((0L, 0L, 30L), (night.Result!.Sent, night.Result.Outcome!.Again, night.Result.Outcome.Open));
    }

    [Fact]
    public async Task What_was_read_of_a_time_to_come_hides_no_later_event()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        await world.BeginAsync(Worker.Many(5));
        using (SqliteState state = SqliteState.Open(world.Company.StatePath, writes: true, checks: true))
        {
            state.Set("LogsReadTo", world.Company.Clock.GetUtcNow().AddYears(10).ToString("O", CultureInfo.InvariantCulture));
        }

        world.Cycle();

        Assert.Equal((5L, 0L), (await world.UpdateAsync()) is var summary ? (summary.Succeeded, summary.Open) : default);
        using SqliteState after = SqliteState.Open(world.Company.StatePath, writes: true, checks: true);
        Assert.True(DateTimeOffset.Parse(after.Get("LogsReadTo")!, CultureInfo.InvariantCulture) <= world.Company.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Who_has_no_outcome_within_a_day_goes_once_more_and_then_not_again()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        List<Worker> people = Worker.Many(30);
        await world.BeginAsync(people);

        // The job works on other records, as if these had been lost.
        world.Company.Clock.Advance(TimeSpan.FromHours(1));
        world.Emulator.AddProvisioningEvents(10);
        world.Company.Clock.Advance(TimeSpan.FromHours(2));
        Night second = await world.Company.NextAsync(people);
        world.Company.Clock.Advance(TimeSpan.FromHours(1));
        world.Emulator.AddProvisioningEvents(10);
        Night third = await world.Company.NextAsync(people);
        Night fourth = await world.Company.NextAsync(people);

        Assert.Equal((30L, 30L, 30L, 0L), (second.Result!.Again, second.Result.Sent, second.Result.Accepted, second.Result.Changed));
        Assert.Equal((0L, 0L), (third.Result!.Sent, fourth.Result!.Sent));
        Assert.Equal(2, world.Acceptances("00007"));
        Assert.Equal(30, world.People(RecordStatus.Open).Count);
    }

    [Fact]
    public async Task A_job_that_does_nothing_is_not_sent_the_same_again()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        List<Worker> people = Worker.Many(30);
        await world.BeginAsync(people);

        for (int night = 0; night < 4; night++)
        {
            Night next = await world.Company.NextAsync(people);
            Assert.Equal((0L, 30L, SyncStatus.NothingToDo), (next.Result!.Sent, next.Result.Outcome!.Open, next.Result.Status));
        }

        world.Cycle();
        Assert.Equal(30, (await world.Company.NextAsync(people)).Result!.Outcome!.Succeeded);
    }

    [Fact]
    public async Task A_record_that_the_API_refuses_waits_longer_each_time_and_goes_at_once_when_it_changes()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        List<Worker> people = Worker.Many(4);
        await world.Company.BaselineAsync(people);
        people[2] = people[2] with { Title = "Refused" };
        var sent = new List<int>();
        for (int night = 0; night < 20; night++)
        {
            world.Emulator.ClearFaults();
            world.Emulator.AddFaults(new Fault { Path = "bulkUpload", Status = 400, Count = 1 });
            Night next = await world.Company.NextAsync(people);
            if (next.Result!.Refused == 1)
            {
                sent.Add(night);
            }
            else
            {
                Assert.Equal((1L, 0, 4), (next.Result.Held, next.Result.Calls, next.Result.ExitCode));
            }
        }

        Assert.Equal([0, 1, 3, 7, 15], sent);
        ProvisioningRecord refused = world.People(RecordStatus.Refused).Values.Single();
        Assert.Equal(("00003", 5), (refused.ExternalId, refused.Attempts));

        world.Emulator.ClearFaults();
        people[2] = people[2] with { Title = "Taken" };
        Assert.Equal(1, (await world.Company.NextAsync(people)).Result!.Accepted);
        Assert.Empty(world.People(RecordStatus.Refused));
    }

    [Fact]
    public async Task To_find_the_refused_record_of_a_request_is_one_attempt()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        world.Emulator.AddFaults(new Fault { Path = "bulkUpload", Status = 400, Count = 5 });

        Night night = await world.BeginAsync(Worker.Many(16));

        Assert.Equal((1L, 15L), (night.Result!.Refused, night.Result.Accepted));
        ProvisioningRecord refused = world.People(RecordStatus.Refused).Values.Single();
        Assert.Equal(1, refused.Attempts);
        Assert.Equal(world.Company.Clock.GetUtcNow() + TimeSpan.FromHours(12), refused.NextAttemptOn!.Value, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Who_becomes_inactive_is_tried_each_night_also_where_the_API_refuses()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        List<Worker> people = Worker.Many(4);
        await world.Company.BaselineAsync(people);
        people[2] = people[2] with { IsActive = false };
        for (int night = 0; night < 8; night++)
        {
            world.Emulator.ClearFaults();
            world.Emulator.AddFaults(new Fault { Path = "bulkUpload", Status = 400, Count = 1 });
            Night next = await world.Company.NextAsync(people);
            Assert.Equal((1L, 1L), (next.Result!.Deactivated, next.Result.Refused));
            Assert.Equal(1, ProvisioningRun.Read(world.Company.StatePath, 1)[0].Refused);
        }
    }

    [Fact]
    public async Task It_waits_for_those_who_have_no_outcome_yet()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        await world.BeginAsync(Worker.Many(10));

        int looks = 0;
        OutcomeSummary summary = await world.Company.Clock.RunUntil(world.UpdateAsync(TimeSpan.FromHours(2), () =>
        {
            if (looks++ == 0)
            {
                world.Company.Clock.Advance(TimeSpan.FromMinutes(1));
                world.Emulator.RunCycle();
            }
        }));

        Assert.Equal((10L, 0L), (summary.Succeeded, summary.Open));
        Assert.InRange(looks, 8 * 2, 8 * 2 + 3);
        Assert.Equal(0, (await world.UpdateAsync(TimeSpan.FromHours(2))).Open);
    }

    [Fact]
    public async Task A_plan_and_an_approval_are_the_same_whoever_goes_again()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        List<Worker> people = Worker.Many(30);
        await world.BeginAsync(people);
        world.Company.Clock.Advance(TimeSpan.FromHours(1));
        world.Emulator.AddProvisioningEvents(10);
        people[4] = people[4] with { Title = "Director" };
        world.Company.Clock.Advance(TimeSpan.FromDays(2));
        world.Company.Export(people);
        await world.UpdateAsync();

        Night plan = world.Company.Plan(world.Company.Path("plan.json"));
        Night done = await world.Company.RunAsync(world.Company.Path("plan.json"));

        Assert.Equal((29L, 1L, 30L), (plan.Plan!.Again, plan.Plan.Changed, plan.Plan.Records));
        Assert.Equal(29, plan.Changes.Count(static change => change.Kind == ChangeKind.Again));
        Assert.Equal((30L, plan.Plan.PlanId), (done.Result!.Accepted, done.Result.PlanId));
    }

    [Fact]
    public async Task People_are_forgotten_and_are_new_afterwards()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        List<Worker> people = Worker.Many(8);
        await world.BeginAsync(people);
        Night held = await world.Company.NextAsync([.. people, people[2] with { Id = "rejected" }, people[2] with { Id = "00077" }]);
        Assert.Equal(2, held.Result!.Held);
        Assert.Equal(["nobody"], RecordErasure.Erase(world.Company.StatePath, ["REJECTED", "00077", "nobody"], world.Company.Clock, default));

        IReadOnlyList<string> unknown = RecordErasure.Erase(world.Company.StatePath, ["00003", "nobody"], world.Company.Clock, default);

        Assert.Equal(["nobody"], unknown);
        Assert.False(world.People().ContainsKey("00003"));
        foreach (string file in System.IO.Directory.GetFiles(System.IO.Path.GetDirectoryName(world.Company.StatePath)!, "contoso.db*"))
        {
            Assert.DoesNotContain("Given3\"", System.Text.Encoding.Latin1.GetString(await System.IO.File.ReadAllBytesAsync(file)));
            Assert.DoesNotContain("rejected\"", System.Text.Encoding.Latin1.GetString(await System.IO.File.ReadAllBytesAsync(file)));
            Assert.DoesNotContain("00003", System.Text.Encoding.Latin1.GetString(await System.IO.File.ReadAllBytesAsync(file)));
        }

        Assert.Equal(1, (await world.Company.NextAsync(people)).Result!.New);
    }

    [Fact]
    public async Task Copies_with_people_who_were_forgotten_go_also_where_that_was_ended_halfway()
    {
        await using LoggedCompany world = await LoggedCompany.StartAsync();
        await world.BeginAsync(Worker.Many(8));
        using (SqliteState state = SqliteState.Open(world.Company.StatePath, writes: true, checks: true))
        {
            Assert.Equal(["00003", "00004"], state.Forget(["00003", "nobody", "00004"]));
        }

        Assert.Equal(["00003"], RecordErasure.Erase(world.Company.StatePath, ["00003"], world.Company.Clock, default));

        using SqliteState copy = SqliteState.Open(world.Company.StatePath + ".copy1", writes: true, checks: true);
        Assert.Null(copy.Find(PersonKey.Of("00003")));
        Assert.Equal(6, copy.People);
        Assert.False(System.IO.File.Exists(world.Company.StatePath + ".copy2"));
    }
}
