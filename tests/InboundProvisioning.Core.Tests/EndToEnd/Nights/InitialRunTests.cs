using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>The first run on an empty state, and those after it.</summary>
public sealed class InitialRunTests : IClassFixture<EmulatedService>
{
    private readonly EmulatedService _service;

    public InitialRunTests(EmulatedService service)
    {
        _service = service;
    }

    [Fact]
    public async Task An_empty_state_asks_what_the_first_run_is()
    {
        using var company = new Company(_service.Upload);

        InboundProvisioningException fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => company.NextAsync(Worker.Many(3)));

        Assert.Equal("InitialRunUndecided", fault.ErrorId);
        Assert.False(File.Exists(company.StatePath));
    }

    [Fact]
    public async Task All_people_go_once_managers_first_and_full_requests_but_the_last()
    {
        using var company = new Company(_service.Upload);
        company.Settings = company.Settings with { Initial = true };
        List<Worker> people = Worker.Many(130, prefix: "all");
        people.Reverse();
        int uploads = _service.Uploads;

        Night first = await company.NextAsync(people);

        Assert.Equal((SyncStatus.Completed, 0, 130L, 130L, 3), (first.Result!.Status, first.Result.ExitCode, first.Result.New, first.Result.Accepted, first.Result.Calls));
        Assert.Equal([50, 50, 30], _service.Emulator.Uploads.Skip(uploads).Select(static upload => upload.Operations).OrderDescending());
        Assert.Equal(["all00001"], first.Changes.Take(1).Select(static change => change.ExternalId));
        Dictionary<string, int> places = first.Changes.Select((change, place) => (change.ExternalId, place)).ToDictionary(static one => one.ExternalId, static one => one.place);
        Assert.All(people.Where(static one => one.Manager.Length > 0), one => Assert.True(places[one.Manager] < places[one.Id], one.Id));

        Night second = await company.NextAsync(people);
        Assert.Equal((SyncStatus.NothingToDo, 130L, 0), (second.Result!.Status, second.Result.Unchanged, second.Result.Calls));
        Assert.Contains(second.Log.Warnings, static text => text.StartsWith("-Initial is for an empty state", StringComparison.Ordinal));
        Assert.Equal(uploads + 3, _service.Uploads);
    }

    [Fact]
    public async Task An_initial_run_goes_on_night_after_night_without_a_word()
    {
        using var company = new Company(_service.Upload);
        List<Worker> people = Worker.Many(330, prefix: "long");
        company.Settings = company.Settings with { Initial = true, DailyCallLimit = 2 };
        Night first = await company.NextAsync(people);
        company.Settings = company.Settings with { Initial = false };

        // Hours later there is nothing left of the day's calls.
        company.Clock.Advance(TimeSpan.FromHours(20));
        company.Export(people);
        Night early = await company.RunAsync();
        people.Add(Worker.Of(400, "long"));
        people[300] = people[300] with { Title = "Lead" };
        Night second = await company.NextAsync(people);
        Night third = await company.NextAsync(people);
        Night fourth = await company.NextAsync(people);
        Night last = await company.NextAsync(people);

        Assert.Equal(
            [(SyncStatus.Incomplete, 100, 230, 0), (SyncStatus.Incomplete, 0, 230, 0), (SyncStatus.Incomplete, 100, 131, 0), (SyncStatus.Incomplete, 100, 31, 0), (SyncStatus.Completed, 31, 0, 1), (SyncStatus.NothingToDo, 0, 0, 2)],
            new[] { first, early, second, third, fourth, last }.Select(static night => (night.Result!.Status, (int)night.Result.Accepted, (int)night.Result.Left, night.Result.CallsLeft)));
        Assert.Equal([3, 3, 3, 3, 0, 0], new[] { first, early, second, third, fourth, last }.Select(static night => night.Result!.ExitCode));
        Assert.All(_service.Emulator.Records.Where(static record => record.ExternalId.StartsWith("long", StringComparison.Ordinal)), static record => Assert.Single(record.Acceptances));
    }

    [Fact]
    public async Task A_baseline_sends_nothing_and_the_next_night_only_what_changed()
    {
        using var company = new Company(_service.Upload);
        List<Worker> people = Worker.Many(60, prefix: "base");
        int uploads = _service.Uploads;
        await company.BaselineAsync(people);
        Assert.Equal(uploads, _service.Uploads);

        people[5] = people[5] with { Title = "Lead" };
        people[6] = people[6] with { IsActive = false };
        people.Add(Worker.Of(100, "base"));
        Night night = await company.NextAsync(people);

        Assert.Equal((1L, 1L, 1L, 58L, 3L), (night.Result!.New, night.Result.Changed, night.Result.Deactivated, night.Result.Unchanged, night.Result.Accepted));
        Assert.Equal(["Deactivated base00007", "New base00100", "Changed base00006"], night.Changes.Select(static change => change.ToString()));
        Assert.Equal(["base00007", "base00100", "base00006"], _service.IdsSince(uploads));
        Assert.Equal("Lead", _service.Emulator.Record("base00006")!.Data.GetProperty("title").GetString());
        Assert.False(_service.Emulator.Record("base00007")!.Data.GetProperty("active").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData(HrFile.Header + "\n")]
    public async Task A_baseline_of_a_file_that_is_none_is_stopped(string text)
    {
        using var company = new Company(_service.Upload);
        company.Settings = company.Settings with { Baseline = true };
        company.Export(text);

        Night night = await company.RunAsync();

        Assert.Equal((SyncStatus.Stopped, 2), (night.Result!.Status, night.Result.ExitCode));
        Assert.Empty(company.People());
        Assert.False((await company.NextAsync(Worker.Many(3))).Result!.Status == SyncStatus.Stopped);
        Assert.Equal(3, company.People().Count);
    }

    [Fact]
    public async Task Calls_of_the_last_24_hours_count_across_runs()
    {
        using var company = new Company(_service.Upload);
        List<Worker> people = Worker.Many(200, prefix: "quota");
        await company.BaselineAsync(people);
        company.Settings = company.Settings with { DailyCallLimit = 3 };
        people = [.. people.Select((one, place) => place < 50 ? one with { Title = "A" } : one)];
        Night first = await company.NextAsync(people);
        company.Clock.Advance(TimeSpan.FromHours(12));
        people = [.. people.Select((one, place) => place >= 50 ? one with { Department = "B" } : one)];
        company.Limit(("AttributeChangeLimit", "Unlimited"));
        company.Export(people);
        Night second = await company.RunAsync();
        company.Clock.Advance(TimeSpan.FromHours(11));
        Night third = await company.RunAsync();
        company.Clock.Advance(TimeSpan.FromHours(2));
        Night fourth = await company.RunAsync();

        Assert.Equal(
            [(SyncStatus.Completed, 1, 2), (SyncStatus.Incomplete, 2, 0), (SyncStatus.Incomplete, 0, 0), (SyncStatus.Completed, 1, 0)],
            new[] { first, second, third, fourth }.Select(static night => (night.Result!.Status, night.Result.Calls, night.Result.CallsLeft)));
    }

}
