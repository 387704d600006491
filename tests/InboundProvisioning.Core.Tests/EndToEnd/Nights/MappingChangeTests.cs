using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Outcomes;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>An edited mapping that changes most records is told from an accident.</summary>
public sealed class MappingChangeTests : IClassFixture<EmulatedService>
{
    private const int Size = 230;

    private readonly EmulatedService _service;

    public MappingChangeTests(EmulatedService service)
    {
        _service = service;
    }

    [Fact]
    public async Task By_default_it_stops_and_says_what_it_would_be()
    {
        using Company company = await Begin("stop");
        List<Worker> people = Worker.Many(Size, prefix: "stop");
        Edit(company);
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(people);

        Assert.Equal(SyncStatus.Stopped, night.Result!.Status);
        Assert.Equal(["MappingChanged"], night.Stops);
        Assert.Contains("nickName is new; 230 records differ only by it: 5 calls", night.Result.Stops[0].Reason, StringComparison.Ordinal);
        Assert.Equal(uploads, _service.Uploads);
        Assert.Equal(["MappingChanged"], (await company.NextAsync(people)).Stops);
        company.Approve(await company.NextAsync(people));
        Assert.Equal(Size, (await company.NextAsync(people)).Result!.Accepted);
        Assert.Equal(SyncStatus.NothingToDo, (await company.NextAsync(people)).Result!.Status);
    }

    [Fact]
    public async Task Edited_so_that_the_users_are_the_same_it_changes_nothing()
    {
        using Company company = await Begin("same");
        company.Settings = company.Settings with { MappingText = "with a comment" };
        company.Options = company.Options with { Mapping = HrFile.MappingWith(("title", Support.Mappings.Expression(static row => row.GetValue(row.Columns.IndexOf("Title")), "Title"))) };

        Assert.Equal((SyncStatus.NothingToDo, 0L), Of(await company.NextAsync(Worker.Many(Size, prefix: "same"))));
    }

    [Fact]
    public async Task The_same_without_an_edit_is_an_accident()
    {
        using Company company = await Begin("accident");

        Night night = await company.NextAsync(Worker.Many(Size, prefix: "accident").Select(static one => one with { Title = "Chief" }));

        Assert.Equal(["AttributeChangeLimit:title"], night.Stops);
    }

    [Fact]
    public async Task Spread_sends_it_with_what_is_left_of_each_night_after_what_matters()
    {
        using Company company = await Begin("spread");
        List<Worker> people = Worker.Many(Size, prefix: "spread");
        Edit(company);
        company.Settings = company.Settings with { MappingChange = MappingChangeHandling.Spread, DailyCallLimit = 2 };
        people[200] = people[200] with { IsActive = false };
        people[210] = people[210] with { Title = "Lead" };
        int uploads = _service.Uploads;

        Night first = await company.NextAsync(people);
        Assert.Equal((SyncStatus.Incomplete, 100L), Of(first));
        Assert.Equal(["Deactivated spread00201", "Changed spread00211"], first.Changes.Take(2).Select(static change => change.ToString()));
        Assert.Equal(["spread00201", "spread00211"], _service.IdsSince(uploads).Where(static id => id is "spread00201" or "spread00211"));

        // How it goes on is known from then.
        company.Settings = company.Settings with { MappingChange = null };
        people[220] = people[220] with { IsActive = false };
        Night second = await company.NextAsync(people);
        Assert.Equal((SyncStatus.Incomplete, 100L), Of(second));
        Assert.Equal("Deactivated spread00221", second.Changes[0].ToString());
        Assert.Equal((SyncStatus.Completed, 30L), Of(await company.NextAsync(people)));
        Assert.Equal((SyncStatus.NothingToDo, 0L), Of(await company.NextAsync(people)));
        Assert.All(_service.Emulator.Records.Where(static one => one.ExternalId.StartsWith("spread", StringComparison.Ordinal)), static one => Assert.Equal(one.Data.GetProperty("nickName").GetString(), "Given" + int.Parse(one.ExternalId[6..])));

        // It is over: the next accident is one.
        company.Settings = company.Settings with { DailyCallLimit = 2000 };
        Assert.Equal(["AttributeChangeLimit:title"], (await company.NextAsync(people.Select(static one => one with { Title = "Chief" }))).Stops);
    }

    [Fact]
    public async Task Lazy_waits_for_the_next_change_of_each_person()
    {
        using Company company = await Begin("lazy");
        List<Worker> people = Worker.Many(Size, prefix: "lazy");
        Edit(company);
        company.Settings = company.Settings with { MappingChange = MappingChangeHandling.Lazy };
        people[5] = people[5] with { Title = "Lead" };
        int uploads = _service.Uploads;

        Night first = await company.NextAsync(people);
        Assert.Equal((SyncStatus.Completed, 1L), Of(first));
        Assert.Equal((0, 229L, 0L), (first.Result!.ExitCode, first.Result.Waiting, first.Result.Held));
        Assert.Equal(229, ProvisioningRun.Read(company.StatePath, 1)[0].Waiting);
        KnownRecords.Read(company.StatePath, externalIds: null, new RecordSelection { Statuses = [RecordStatus.HeldBack] }, static record =>
            throw new InvalidOperationException($"{record} waits, and is told as held back."));

        company.Settings = company.Settings with { MappingChange = null };
        people[6] = people[6] with { IsActive = false };
        people.Add(Worker.Of(500, "lazy"));
        Assert.Equal((SyncStatus.Completed, 2L), Of(await company.NextAsync(people)));
        Assert.Equal((SyncStatus.NothingToDo, 0L), Of(await company.NextAsync(people)));
        Assert.Equal(["lazy00006", "lazy00007", "lazy00500"], _service.IdsSince(uploads));
        Assert.Equal("Given6", _service.Emulator.Record("lazy00006")!.Data.GetProperty("nickName").GetString());

        // A true accident of another attribute is not taken for it.
        Assert.Equal(["AttributeChangeLimit:title"], (await company.NextAsync(people.Select(static one => one with { Title = "Chief" }))).Stops);

        // And one may have it all sent after all.
        company.Settings = company.Settings with { MappingChange = MappingChangeHandling.Resend };
        Assert.Equal((SyncStatus.Completed, 228L), Of(await company.NextAsync(people)));
        Assert.Equal((SyncStatus.NothingToDo, 0L), Of(await company.NextAsync(people)));
    }

    [Fact]
    public async Task Resend_goes_at_once()
    {
        using Company company = await Begin("resend");
        Edit(company);
        company.Settings = company.Settings with { MappingChange = MappingChangeHandling.Resend };

        Assert.Equal((SyncStatus.Completed, 230L), Of(await company.NextAsync(Worker.Many(Size, prefix: "resend"))));
    }

    [Fact]
    public async Task The_mapping_does_not_hide_an_accident_of_the_same_night()
    {
        using Company company = await Begin("hide");
        Edit(company);
        company.Settings = company.Settings with { MappingChange = MappingChangeHandling.Resend };

        Night night = await company.NextAsync(Worker.Many(Size, prefix: "hide").Select(static (one, place) => place < 20 ? one with { IsActive = false } : one));

        Assert.Equal(["DisableLimit"], night.Stops);
    }

    private static (SyncStatus Status, long Accepted) Of(Night night) => (night.Result!.Status, night.Result.Accepted);

    private static void Edit(Company company)
    {
        company.Settings = company.Settings with { MappingText = "another" };
        company.Options = company.Options with { Mapping = HrFile.MappingWith(("nickName", "GivenName")) };
    }

    private async Task<Company> Begin(string prefix)
    {
        var company = new Company(_service.Upload);
        await company.BaselineAsync(Worker.Many(Size, prefix: prefix));
        return company;
    }
}
