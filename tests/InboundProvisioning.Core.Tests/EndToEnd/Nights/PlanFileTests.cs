using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>A plan is kept as a file and carried out exactly, or not at all.</summary>
public sealed class PlanFileTests : IClassFixture<EmulatedService>
{
    private readonly EmulatedService _service;

    public PlanFileTests(EmulatedService service)
    {
        _service = service;
    }

    [Fact]
    public async Task A_plan_does_exactly_what_it_says_whatever_the_source_is_then()
    {
        using Company company = await Begin("exact");
        List<Worker> people = Changed("exact");
        Night plan = Plan(company, people);
        int uploads = _service.Uploads;
        company.Export(string.Empty);

        Night night = await company.RunAsync(company.Path("plan.json"));

        Assert.Equal((SyncStatus.Completed, plan.Plan!.PlanId, plan.Plan.Records), (night.Result!.Status, night.Result.PlanId, night.Result.Accepted));
        Assert.Equal(plan.Changes.Select(static change => change.ExternalId), _service.IdsSince(uploads));
        Assert.Equal(SyncStatus.NothingToDo, (await company.NextAsync(people)).Result!.Status);

        // Done, it is stale.
        Assert.Equal("PlanStale", (await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync(company.Path("plan.json")))).ErrorId);
    }

    [Fact]
    public async Task A_plan_is_stale_where_one_of_its_people_has_changed_and_not_else()
    {
        using Company company = await Begin("stale");
        List<Worker> people = Changed("stale");
        Plan(company, people);
        List<Worker> others = Worker.Many(60, prefix: "stale");
        others[50] = others[50] with { Title = "Else" };
        await company.NextAsync(others);
        Assert.Equal(SyncStatus.Completed, (await company.RunAsync(company.Path("plan.json"))).Result!.Status);

        Plan(company, [.. people.Select(static one => one.Id == "stale00009" ? one with { Title = "Nine" } : one)]);
        others = [.. people.Select(static one => one.Id == "stale00009" ? one with { Title = "Another" } : one)];
        others[50] = others[50] with { Title = "Else" };
        await company.NextAsync(others);
        int uploads = _service.Uploads;
        InboundProvisioningException fault = await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync(company.Path("plan.json")));
        Assert.Equal("PlanStale", fault.ErrorId);
        Assert.Contains("'stale00009'", fault.Message, StringComparison.Ordinal);
        Assert.Equal(uploads, _service.Uploads);
    }

    [Fact]
    public async Task A_plan_that_was_stopped_is_stopped_until_it_is_approved()
    {
        using Company company = await Begin("limit");
        List<Worker> people = [.. Worker.Many(60, prefix: "limit").Select(static (one, place) => place < 20 ? one with { IsActive = false } : one)];
        Assert.Equal(["DisableLimit"], Plan(company, people).Stops);

        Night stopped = await company.RunAsync(company.Path("plan.json"));
        Assert.Equal((SyncStatus.Stopped, 2), (stopped.Result!.Status, stopped.Result.ExitCode));
        company.Approve(stopped);
        Assert.Equal((SyncStatus.Completed, 20L), ((await company.RunAsync(company.Path("plan.json"))).Result!.Status, 20L));
    }

    [Theory]
    [InlineData("Lead", "Lord")]
    [InlineData("\"Kind\":\"New\"", "\"Kind\":\"Changed\"")]
    [InlineData("InboundProvisioning plan 1", "InboundProvisioning plan 2")]
    [InlineData("{", "[")]
    [InlineData("\"Changes\"", "\"Change\"")]
    public async Task A_plan_that_was_edited_sends_no_other_record(string old, string now)
    {
        using Company company = await Begin("edit");
        Night plan = Plan(company, Changed("edit"));
        string text = await File.ReadAllTextAsync(company.Path("plan.json"));
        Assert.Contains(old, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(company.Path("plan.json"), text.Replace(old, now, StringComparison.Ordinal));
        int uploads = _service.Uploads;

        try
        {
            Night night = await company.RunAsync(company.Path("plan.json"));

            // Words that decide nothing may be others.
            Assert.Equal(plan.Plan!.Records, night.Result!.Accepted);
        }
        catch (InboundProvisioningException fault)
        {
            Assert.Equal("PlanInvalid", fault.ErrorId);
            Assert.Equal(uploads, _service.Uploads);
        }
    }

    [Fact]
    public async Task A_plan_that_was_cut_sends_nothing()
    {
        using Company company = await Begin("cut");
        Plan(company, Changed("cut"));
        byte[] whole = await File.ReadAllBytesAsync(company.Path("plan.json"));
        int uploads = _service.Uploads;
        string[] lines = Encoding.UTF8.GetString(whole).Split('\n');
        int[] behindLines = [.. Enumerable.Range(1, lines.Length - 3).Select(count => string.Join('\n', lines.Take(count)).Length + 1)];

        foreach (int cut in behindLines.Concat([0, 1, whole.Length / 2, whole.Length - 10]))
        {
            await File.WriteAllBytesAsync(company.Path("plan.json"), whole[..cut]);
            Assert.Equal("PlanInvalid", (await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync(company.Path("plan.json")))).ErrorId);
        }

        Assert.Equal(uploads, _service.Uploads);
    }

    [Fact]
    public async Task A_plan_without_one_of_its_lines_sends_nothing()
    {
        using Company company = await Begin("line");
        Plan(company, Changed("line"));
        List<string> lines = [.. await File.ReadAllLinesAsync(company.Path("plan.json"))];
        lines.RemoveAt(1);
        await File.WriteAllLinesAsync(company.Path("plan.json"), lines);
        int uploads = _service.Uploads;

        Assert.Equal("PlanInvalid", (await Assert.ThrowsAsync<InboundProvisioningException>(() => company.RunAsync(company.Path("plan.json")))).ErrorId);

        Assert.Equal(uploads, _service.Uploads);
    }

    [Fact]
    public async Task A_plan_takes_the_place_of_no_file_but_a_plan()
    {
        using Company company = await Begin("place");
        Plan(company, Changed("place"));
        Plan(company, Changed("place"));
        await File.WriteAllTextAsync(company.Path("plan.json"), "what HR wrote");

        Assert.Equal("NotAPlanFile", Assert.Throws<InboundProvisioningException>(() => Plan(company, Changed("place"))).ErrorId);

        Assert.Equal("what HR wrote", await File.ReadAllTextAsync(company.Path("plan.json")));
    }

    [Fact]
    public async Task The_same_changes_are_the_same_plan()
    {
        using Company company = await Begin("id");
        List<Worker> people = Changed("id");
        string id = Plan(company, people).Plan!.PlanId;
        people.Reverse();

        Assert.Equal(id, company.PlanNext(HrFile.Bytes(people)).Plan!.PlanId);
        Assert.NotEqual(id, company.PlanNext(HrFile.Bytes(people.Skip(1))).Plan!.PlanId);
    }

    private static Night Plan(Company company, List<Worker> people)
    {
        company.Clock.Advance(TimeSpan.FromDays(1));
        company.Export(people);
        return company.Plan(company.Path("plan.json"));
    }

    private static List<Worker> Changed(string prefix)
    {
        List<Worker> people = Worker.Many(60, prefix: prefix);
        people[8] = people[8] with { Title = "Lead" };
        people[9] = people[9] with { IsActive = false };
        people.Add(Worker.Of(100, prefix));
        return people;
    }

    private async Task<Company> Begin(string prefix)
    {
        var company = new Company(_service.Upload);
        await company.BaselineAsync(Worker.Many(60, prefix: prefix));
        return company;
    }
}
