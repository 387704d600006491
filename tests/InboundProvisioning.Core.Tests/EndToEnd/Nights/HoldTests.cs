using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>With -LimitAction Hold the kinds of change that are within their limits go; and people who are held back by themselves.</summary>
public sealed class HoldTests : IClassFixture<EmulatedService>
{
    private readonly EmulatedService _service;

    public HoldTests(EmulatedService service)
    {
        _service = service;
    }

    [Fact]
    public async Task A_new_id_that_is_a_missing_one_in_another_form_is_held_back()
    {
        using Company company = await Begin("form");
        List<Worker> people = Worker.Many(80, prefix: "form");
        people[5] = people[5] with { Id = "form 00006", UserName = "another.name@contoso.com" };
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(people);

        Assert.Equal((SyncStatus.Completed, 4, 1L, 1L, 1L), (night.Result!.Status, night.Result.ExitCode, night.Result.New, night.Result.Missing, night.Result.Held));
        Assert.Empty(_service.IdsSince(uploads));
    }

    [Fact]
    public async Task Too_many_new_people_wait_and_the_leavers_and_movers_go()
    {
        using Company company = await Begin("create");
        List<Worker> people = Worker.Many(80, prefix: "create");
        people[1] = people[1] with { IsActive = false };
        people[2] = people[2] with { Title = "Lead" };
        people.AddRange(Worker.Many(60, first: 1000, prefix: "create"));
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(people);

        Assert.Equal((SyncStatus.Completed, 2, 60L, 2L), (night.Result!.Status, night.Result.ExitCode, night.Result.Held, night.Result.Accepted));
        Assert.Equal(["CreateLimit"], night.Stops);
        Assert.Equal(["create00002", "create00003"], _service.IdsSince(uploads));
        Night second = await company.NextAsync(people);
        Assert.Equal((2, 60L, 0L), (second.Result!.ExitCode, second.Result.Held, second.Result.Accepted));
        company.Approve(second);
        Night third = await company.NextAsync(people);
        Assert.Equal((SyncStatus.Completed, 0, 60L), (third.Result!.Status, third.Result.ExitCode, third.Result.Accepted));
    }

    [Fact]
    public async Task Too_many_leavers_wait_and_the_others_go()
    {
        using Company company = await Begin("disable");
        List<Worker> people = [.. Worker.Many(80, prefix: "disable").Select(static (one, place) => place < 11 ? one with { IsActive = false } : one)];
        people[40] = people[40] with { Title = "Lead" };
        people.Add(Worker.Of(100, "disable"));
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(people);

        Assert.Equal(["DisableLimit"], night.Stops);
        Assert.Equal((2, 11L), (night.Result!.ExitCode, night.Result.Held));
        Assert.Equal(["disable00041", "disable00100"], _service.IdsSince(uploads).Order());
    }

    [Fact]
    public async Task An_attribute_that_becomes_empty_for_too_many_holds_those_people_alone()
    {
        using Company company = await Begin("clear");
        List<Worker> people = [.. Worker.Many(80, prefix: "clear").Select(static (one, place) => place < 11 ? one with { Title = string.Empty } : one)];
        people[40] = people[40] with { Title = "Lead" };
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(people);

        Assert.Equal(["ClearLimit:title"], night.Stops);
        Assert.Equal(11, night.Result!.Held);
        Assert.Equal(["clear00041"], _service.IdsSince(uploads));
    }

    [Theory]
    [InlineData(MissingRecordHandling.Report)]
    [InlineData(MissingRecordHandling.Disable)]
    public async Task Too_many_missing_people_stop_each_night_until_it_is_approved(MissingRecordHandling handling)
    {
        using Company company = await Begin("missing" + handling);
        company.Settings = company.Settings with { MissingRecord = handling };
        List<Worker> people = [.. Worker.Many(80, prefix: "missing" + handling).Skip(25)];
        int uploads = _service.Uploads;

        for (int night = 0; night < 4; night++)
        {
            people[10] = people[10] with { Title = "Title " + night };
            Night held = await company.NextAsync(people);
            Assert.Equal(2, held.Result!.ExitCode);
            Assert.Equal(["MissingLimit", "ShrinkLimit"], held.Stops.Where(static stop => stop != "DisableLimit"));
            Assert.Equal(uploads + night + 1, _service.Uploads);
        }

        company.Approve(await company.NextAsync(people));
        Assert.Equal(0, (await company.NextAsync(people)).Result!.ExitCode);
        Night after = await company.NextAsync(people);
        Assert.Equal(handling == MissingRecordHandling.Disable ? ["DisableLimit"] : [], after.Stops);
    }

    [Fact]
    public async Task What_is_wrong_with_the_whole_source_stops_all_of_it()
    {
        using Company company = await Begin("whole");
        List<Worker> people = Worker.Many(80, prefix: "whole");
        byte[] first = HrFile.Bytes(people);
        await company.NextAsync(people.Select(static one => one with { Title = "Lead" }).Take(40).Concat(people.Skip(40)));
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(first);

        Assert.Equal((SyncStatus.Stopped, 2), (night.Result!.Status, night.Result.ExitCode));
        Assert.Equal(["SourceRepeated"], night.Stops);
        Assert.Equal(uploads, _service.Uploads);
    }

    [Fact]
    public async Task People_who_would_get_the_userName_of_others_are_held_back_and_named()
    {
        using Company company = await Begin("name");
        List<Worker> people = Worker.Many(80, prefix: "name");

        // Two new ones with one name, one who takes a leaver's, two who swap; and others.
        people[3] = people[3] with { IsActive = false };
        people.Add(Worker.Of(101, "name") with { UserName = "nameUSER4@contoso.com" });
        people.Add(Worker.Of(102, "name") with { UserName = "same@contoso.com" });
        people.Add(Worker.Of(103, "name") with { UserName = "Same@contoso.com" });
        (people[10], people[11]) = (people[10] with { UserName = people[11].UserName }, people[11] with { UserName = people[10].UserName });
        people.Add(Worker.Of(104, "name"));
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(people);

        Assert.Equal((SyncStatus.Completed, 4, 5L, 2L), (night.Result!.Status, night.Result.ExitCode, night.Result.Held, night.Result.Accepted));
        Assert.Equal(["name00004", "name00104"], _service.IdsSince(uploads));
        foreach (string id in (string[])["name00101", "name00102", "name00103", "name00011", "name00012"])
        {
            Assert.Contains(night.Log.Warnings, text => text.StartsWith($"'{id}' is held back: its userName", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_userName_that_became_free_the_night_before_can_be_taken()
    {
        using Company company = await Begin("free");
        List<Worker> people = Worker.Many(80, prefix: "free");
        people[10] = people[10] with { UserName = "married@contoso.com" };
        await company.NextAsync(people);
        people.Add(Worker.Of(101, "free") with { UserName = "freeuser11@contoso.com" });

        Night night = await company.NextAsync(people);

        Assert.Equal((0, 1L), (night.Result!.ExitCode, night.Result.Accepted));
    }

    [Fact]
    public async Task Some_who_do_not_say_whether_they_are_active_are_held_back()
    {
        using Company company = await Begin("noactive");
        company.Options = company.Options with { Mapping = HrFile.MappingWith(("active", "Status")) };
        company.Settings = company.Settings with { MappingText = "other" };
        List<Worker> people = Worker.Many(81, prefix: "noactive");
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(people);

        Assert.Equal(uploads, _service.Uploads);
        Assert.True(night.Result!.Held == 81 || night.Result.Status == SyncStatus.Stopped || night.Result.Rejected == 81, night.Result.ToString());
    }

    private async Task<Company> Begin(string prefix)
    {
        var company = new Company(_service.Upload);
        await company.BaselineAsync(Worker.Many(80, prefix: prefix));
        company.Settings = company.Settings with { LimitAction = LimitAction.Hold };
        return company;
    }
}
