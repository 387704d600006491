using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>What was approved passes once: those people and changes, or fewer of them.</summary>
public sealed class ApprovalTests : IClassFixture<EmulatedService>
{
    private readonly EmulatedService _service;

    public ApprovalTests(EmulatedService service)
    {
        _service = service;
    }

    public static TheoryData<string, int> Limits => new()
    {
        { "DisableLimit", 20 }, { "MissingLimit", 20 }, { "ShrinkLimit", 25 }, { "CreateLimit", 60 }, { "ClearLimit", 20 },
        { "AttributeChangeLimit", 60 }, { "UserNameChangeLimit", 20 }, { "RejectLimit", 20 }, { "HalfOfPeople", 50 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task The_approved_changes_pass_once_and_so_do_fewer_of_them(string name, int count)
    {
        using Company company = await Begin(name);
        List<Worker> people = Worker.Many(80);
        int uploads = _service.Uploads;
        Night stopped = await company.NextAsync(With(name, people, count));
        Assert.Equal(SyncStatus.Stopped, stopped.Result!.Status);
        Assert.All(stopped.Stops, stop => Assert.StartsWith(name == "HalfOfPeople" ? stop : name, stop, StringComparison.Ordinal));
        Assert.Equal(uploads, _service.Uploads);
        company.Approve(stopped);

        Night more = await company.NextAsync(With(name, people, count + 1));
        Assert.Equal(SyncStatus.Stopped, more.Result!.Status);
        Assert.Contains("PlanExceedsApproval", more.ErrorIds);
        Night fewer = await company.NextAsync(With(name, people, count - 1));
        Assert.Empty(fewer.ErrorIds);
        Assert.True(fewer.Result!.Status is SyncStatus.Completed or SyncStatus.NothingToDo, fewer.Result.Status.ToString());

        using SqliteState state = SqliteState.Open(company.StatePath, writes: false, checks: true);
        Assert.Empty(state.Approvals(company.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task An_approval_expires()
    {
        using Company company = await Begin("DisableLimit");
        List<Worker> people = Worker.Many(80);
        company.Approve(await company.NextAsync(With("DisableLimit", people, 20)), TimeSpan.FromHours(30));

        company.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["DisableLimit"], (await company.NextAsync(With("DisableLimit", people, 20))).Stops);
    }

    [Fact]
    public async Task The_same_people_with_another_value_are_not_what_was_approved()
    {
        using Company company = await Begin("AttributeChangeLimit");
        List<Worker> people = Worker.Many(80);
        company.Approve(await company.NextAsync(With("AttributeChangeLimit", people, 60)));

        Night other = await company.NextAsync(With("AttributeChangeLimit", people, 60).Select(static one => one.Title == "Lead" ? one with { Title = "Chief" } : one));

        Assert.Equal(["PlanExceedsApproval"], other.ErrorIds);
    }

    [Fact]
    public async Task An_approval_counts_until_all_of_its_changes_are_sent()
    {
        using Company company = await Begin("DisableLimit");
        List<Worker> people = Worker.Many(300);
        await company.NextAsync(people.Take(80).Concat(people.Skip(80).Take(50)));
        await company.NextAsync(people.Take(180));
        await company.NextAsync(people.Take(230));
        await company.NextAsync(people.Take(280));
        company.Approve(await company.NextAsync(With("DisableLimit", people[..280], 120)));
        company.Settings = company.Settings with { DailyCallLimit = 1 };

        Night first = await company.NextAsync(With("DisableLimit", people[..280], 120));
        Night second = await company.NextAsync(With("DisableLimit", people[..280], 120));
        Night third = await company.NextAsync(With("DisableLimit", people[..280], 120));

        Assert.Equal(
            [(SyncStatus.Incomplete, 50, 70), (SyncStatus.Incomplete, 50, 20), (SyncStatus.Completed, 20, 0)],
            new[] { first, second, third }.Select(static night => (night.Result!.Status, (int)night.Result.Accepted, (int)night.Result.Left)));

        // They come back, and the same accident would have to be approved again.
        company.Settings = company.Settings with { DailyCallLimit = 2000 };
        Assert.Equal(SyncStatus.Completed, (await company.NextAsync(people.Take(279))).Result!.Status);
        Assert.Contains("DisableLimit", (await company.NextAsync(With("DisableLimit", people[..280], 120))).Stops);
    }

    [Fact]
    public async Task A_fault_of_the_source_is_no_plan_that_can_be_approved()
    {
        using Company company = await Begin("DisableLimit");
        Night stopped = await company.NextAsync(Worker.Many(0));

        Assert.Equal(["SourceEmpty"], stopped.Stops);
        Assert.Equal("PlanNotFound", Assert.Throws<InboundProvisioningException>(() => company.Approve(stopped)).ErrorId);
    }

    [Fact]
    public async Task The_same_stop_says_since_when_it_has_been_so()
    {
        using Company company = await Begin("DisableLimit");
        List<Worker> people = Worker.Many(80);

        Night first = await company.NextAsync(With("DisableLimit", people, 20));
        Night second = await company.NextAsync(With("DisableLimit", people, 21));
        Night third = await company.NextAsync(With("DisableLimit", people, 20));
        await company.NextAsync(people);
        Night later = await company.NextAsync(With("DisableLimit", people, 30));

        Assert.Null(first.Result!.Stops.Single().Since);
        Assert.Equal(first.Result.StartedOn, second.Result!.Stops.Single().Since);
        Assert.Equal(first.Result.StartedOn, third.Result!.Stops.Single().Since);
        Assert.Null(later.Result!.Stops.Single().Since);
    }

    private async Task<Company> Begin(string name)
    {
        var company = new Company(_service.Upload);
        await company.BaselineAsync(Worker.Many(80));
        if (name is "ShrinkLimit" or "HalfOfPeople")
        {
            company.Limit(("MissingLimit", "Unlimited"), ("ShrinkLimit", name == "HalfOfPeople" ? "Unlimited" : "10%"));
        }

        return company;
    }

    private static IEnumerable<Worker> With(string name, List<Worker> people, int count) =>
        SafeguardLimitTests.With(name == "HalfOfPeople" ? "MissingLimit" : name, people, count);
}
