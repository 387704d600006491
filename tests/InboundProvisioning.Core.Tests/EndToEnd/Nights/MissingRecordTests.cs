using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>People who are not in the file any more, and what a source must have.</summary>
public sealed class MissingRecordTests : IClassFixture<EmulatedService>
{
    private readonly EmulatedService _service;

    public MissingRecordTests(EmulatedService service)
    {
        _service = service;
    }

    [Fact]
    public async Task The_same_file_again_is_no_other_run()
    {
        using Company company = await Begin("again", MissingRecordHandling.Disable, 2);
        List<Worker> people = Worker.Many(60, prefix: "again");
        await company.NextAsync(people);
        people.RemoveAt(7);
        await company.NextAsync(people);

        Assert.Equal(SyncStatus.NothingToDo, (await company.RunAsync()).Result!.Status);
        Assert.Equal(1, (await company.NextAsync(people)).Result!.Deactivated);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_missing_person_is_disabled_with_the_complete_last_record_after_so_many_runs(int runs)
    {
        string prefix = "gone" + runs;
        using Company company = await Begin(prefix, MissingRecordHandling.Disable, runs);
        List<Worker> people = Worker.Many(60, prefix: prefix);
        people[20] = people[20] with { Title = "Last title", Surname = "Ørsted" };
        await company.NextAsync(people);
        int uploads = _service.Uploads;
        Worker gone = people[20];
        people.RemoveAt(20);

        for (int night = 1; night < runs; night++)
        {
            Night reported = await company.NextAsync(people);
            Assert.Equal((SyncStatus.NothingToDo, 1L, 0L), (reported.Result!.Status, reported.Result.Missing, reported.Result.Deactivated));
        }

        Night disabled = await company.NextAsync(people);
        Assert.Equal((SyncStatus.Completed, 1L, 1L, 1L), (disabled.Result!.Status, disabled.Result.Missing, disabled.Result.Deactivated, disabled.Result.Accepted));
        Assert.Equal([$"Missing {gone.Id}"], disabled.Changes.Select(static change => change.ToString()));
        Assert.Equal([gone.Id], _service.IdsSince(uploads));
        JsonElement data = _service.Emulator.Record(gone.Id)!.Data;
        Assert.False(data.GetProperty("active").GetBoolean());
        Assert.Equal(("Last title", $"{gone.GivenName} Ørsted", gone.UserName), (data.GetProperty("title").GetString(), data.GetProperty("displayName").GetString(), data.GetProperty("userName").GetString()));

        // Once, and back again when it is there again.
        Assert.Equal(SyncStatus.NothingToDo, (await company.NextAsync(people)).Result!.Status);
        people.Add(gone);
        Night back = await company.NextAsync(people);
        Assert.Equal((1L, 1L), (back.Result!.Reactivated, back.Result.Accepted));
    }

    [Fact]
    public async Task A_person_who_comes_back_in_time_begins_anew()
    {
        using Company company = await Begin("back", MissingRecordHandling.Disable, runs: 3);
        List<Worker> people = Worker.Many(60, prefix: "back");
        List<Worker> without = [.. people.Skip(1)];
        await company.NextAsync(without);
        await company.NextAsync(without);
        await company.NextAsync(people);
        await company.NextAsync(without);
        Assert.Equal(0, (await company.NextAsync(without)).Result!.Deactivated);
        Assert.Equal(1, (await company.NextAsync(without)).Result!.Deactivated);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_may_be_anybodys_so_nobody_is_disabled()
    {
        using Company company = await Begin("unread", MissingRecordHandling.Disable, runs: 2);
        List<Worker> people = Worker.Many(60, prefix: "unread");
        byte[] damaged = Encoding.UTF8.GetBytes(HrFile.Text(people.Skip(2)) + "unr\"ead,broken\n");
        byte[] noId = Encoding.UTF8.GetBytes(HrFile.Text([.. people.Skip(2), people[0] with { Id = string.Empty }]));

        foreach (byte[] file in (byte[][])[damaged, noId, damaged, noId])
        {
            Night night = await company.NextAsync(file);
            Assert.Equal((0L, 1L, 4), (night.Result!.Deactivated, night.Result.Rejected, night.Result.ExitCode));
            Assert.Contains(night.Log.Warnings, static text => text.Contains("nobody is disabled as missing", StringComparison.Ordinal));
        }

        // The runs before count for nothing either.
        Assert.Equal(0, (await company.NextAsync(people.Skip(2))).Result!.Deactivated);
        Assert.Equal(2, (await company.NextAsync(people.Skip(2))).Result!.Deactivated);
    }

    [Fact]
    public async Task A_person_whose_row_is_rejected_is_there()
    {
        using Company company = await Begin("rejected", MissingRecordHandling.Disable, runs: 1);
        List<Worker> people = Worker.Many(60, prefix: "rejected");
        company.Options = company.Options with
        {
            Mapping = HrFile.MappingWith(("title", Support.Mappings.Expression(
                static row => (string?)row.GetValue(row.Columns.IndexOf("Title")) == "bad" ? new Hashtable { ["value"] = "bad" } : "Engineer", "Title"))),
        };
        people[7] = people[7] with { Title = "bad" };

        Night night = await company.NextAsync(people);

        Assert.Equal((1L, 0L, 0L), (night.Result!.Rejected, night.Result.Missing, night.Result.Deactivated));
    }

    [Fact]
    public async Task Disabling_is_under_the_limits()
    {
        using Company company = await Begin("under", MissingRecordHandling.Disable, runs: 2);
        List<Worker> people = Worker.Many(60, prefix: "under");
        await company.NextAsync(people.Skip(6));
        Night second = await company.NextAsync(people.Skip(11));
        Assert.Equal(6, second.Result!.Deactivated);
        people = [.. people.Skip(11).Select(static (one, place) => place < 6 ? one with { IsActive = false } : one)];

        Night third = await company.NextAsync(people);

        Assert.Equal(["DisableLimit"], third.Stops);
        Assert.Equal(11, third.Result!.Stops.Single().Count);
    }

    [Theory]
    [InlineData(MissingRecordHandling.Report, new[] { "HalfOfPeople", "MissingLimit", "ShrinkLimit" })]
    [InlineData(MissingRecordHandling.Ignore, new string[0])]
    public async Task Only_where_missing_people_are_ignored_do_they_not_count(MissingRecordHandling handling, string[] stops)
    {
        using Company company = await Begin("ignore" + handling, handling, runs: 1);
        List<Worker> people = Worker.Many(60, prefix: "ignore" + handling);

        Assert.Equal(stops, company.PlanNext(HrFile.Bytes(people.Skip(39))).Stops.Order());
        Night night = await company.NextAsync(people.Skip(10));
        Assert.Equal((SyncStatus.NothingToDo, 0L), (night.Result!.Status, night.Result.Deactivated));
    }

    [Fact]
    public async Task A_required_record_that_is_missing_stops_a_file_that_is_good_else()
    {
        using Company company = await Begin("required", MissingRecordHandling.Report, runs: 2);
        List<Worker> people = Worker.Many(60, prefix: "required");
        company.Settings = company.Settings with { RequiredRecords = ["REQUIRED00001", "required00060"] };

        Assert.Empty(company.PlanNext(HrFile.Bytes(people)).Stops);
        Night stopped = await company.NextAsync(people.Take(59));
        Assert.Equal(["RequiredRecordMissing"], stopped.Stops);
        Assert.False(stopped.Result!.Stops[0].CanBeApproved);
        Assert.Contains("'required00060'", stopped.Result.Stops[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_old_is_stopped()
    {
        using Company company = await Begin("old", MissingRecordHandling.Report, runs: 2);
        company.Settings = company.Settings with { MaximumFileAge = TimeSpan.FromHours(20) };
        company.Export(Worker.Many(60, prefix: "old"));

        company.Clock.Advance(TimeSpan.FromHours(19.9));
        Assert.Equal(SyncStatus.NothingToDo, (await company.RunAsync()).Result!.Status);
        company.Clock.Advance(TimeSpan.FromHours(0.2));
        Night night = await company.RunAsync();
        Assert.Equal(["SourceTooOld"], night.Stops);
        Assert.False(night.Result!.Stops[0].CanBeApproved);
    }

    [Fact]
    public async Task A_mapping_without_active_is_stopped()
    {
        using Company company = await Begin("without", MissingRecordHandling.Report, runs: 2);
        company.Options = company.Options with { Mapping = HrFile.MappingWith(("active", null)) };

        Night night = await company.NextAsync(Worker.Many(60, prefix: "without"));

        Assert.Equal(["ActiveNotMapped"], night.Stops);
        Assert.False(night.Result!.Stops[0].CanBeApproved);
    }

    private async Task<Company> Begin(string prefix, MissingRecordHandling handling, int runs)
    {
        var company = new Company(_service.Upload);
        await company.BaselineAsync(Worker.Many(60, prefix: prefix));
        company.Settings = company.Settings with { MissingRecord = handling, MissingRuns = runs };
        return company;
    }
}
