using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Applications;
using InboundProvisioning.Checks;
using InboundProvisioning.Core.Tests.Checks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Reports;
using InboundProvisioning.Scim;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>What the service would refuse is held back, the others go, and nobody stays active for a finding.</summary>
public sealed class RecordCheckTests : IClassFixture<EmulatedService>
{
    private static readonly string TooLong = new('d', 65);

    private readonly EmulatedService _service;

    public RecordCheckTests(EmulatedService service)
    {
        _service = service;
    }

    [Fact]
    public async Task A_record_that_would_be_refused_is_held_back_and_the_others_go_until_it_is_mended()
    {
        using Company company = await Begin("chk");
        List<Worker> people = Worker.Many(30, prefix: "chk");
        people[3] = people[3] with { Department = TooLong };
        people[4] = people[4] with { Title = "Lead" };
        people.Add(Worker.Of(40, "chk") with { UserName = "josé@contoso.com" });
        people.Add(Worker.Of(41, "chk"));
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(people);

        Assert.Equal((SyncStatus.Completed, 4, 2L, 2L), (night.Result!.Status, night.Result.ExitCode, night.Result.Held, night.Result.Accepted));
        Assert.Equal(["chk00005", "chk00041"], _service.IdsSince(uploads).Order());
        Assert.Equal(
            [("chk00004", "ValueTooLong", FindingSeverity.Error), ("chk00040", "UserNameCharacter", FindingSeverity.Error)],
            night.Result.Findings.Select(finding => (finding.ExternalId!, finding.RuleName, finding.Severity)).Order());
        Assert.Contains(night.Log.Warnings, warning => warning.StartsWith("'chk00004' is held back", StringComparison.Ordinal) && warning.Contains("65 characters, and department takes 64", StringComparison.Ordinal));
        Assert.Equal(
            "the service would refuse it: department is longer than the directory takes (ValueTooLong)",
            State(company).Single(record => record.ExternalId == "chk00004").Reason);

        // The same export again: those two wait, and nobody else is looked at.
        uploads = _service.Uploads;
        Night second = await company.NextAsync(people);
        Assert.Equal((2L, 0L, 2), (second.Result!.Held, second.Result.Accepted, second.Result.Findings.Count));
        Assert.Empty(_service.IdsSince(uploads));

        people[3] = people[3] with { Department = "Sales" };
        people[^2] = people[^2] with { UserName = "jose@contoso.com" };
        Night third = await company.NextAsync(people);
        Assert.Equal((0, 0L, 2L, 0), (third.Result!.ExitCode, third.Result.Held, third.Result.Accepted, third.Result.Findings.Count));
        Assert.Equal(["chk00004", "chk00040"], _service.IdsSince(uploads).Order());
    }

    [Fact]
    public async Task Who_is_not_active_any_more_goes_whatever_is_found_and_so_does_a_leaver_of_whom_nothing_is_known()
    {
        using Company company = await Begin("off");
        List<Worker> people = Worker.Many(30, prefix: "off");
        people[3] = people[3] with { Department = TooLong, UserName = "josé@contoso.com", IsActive = false };
        people.Add(Worker.Of(40, "off") with { UserName = "no name", IsActive = false });
        int uploads = _service.Uploads;

        Night night = await company.NextAsync(people);

        Assert.Equal((0L, 2L), (night.Result!.Held, night.Result.Accepted));
        Assert.Equal(["off00004", "off00040"], _service.IdsSince(uploads).Order());
        Assert.All(night.Result.Findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
        Assert.Contains(night.Log.Warnings, warning => warning.StartsWith("'off00004' is not active, and goes although", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_value_that_the_service_has_had_before_holds_nobody_back_and_is_not_told_again()
    {
        List<Worker> people = [.. Worker.Many(30, prefix: "had").Select(static one => one with { Department = TooLong })];
        using var company = new Company(_service.Upload) { Checks = Checks() };
        await company.BaselineAsync(people);
        people[3] = people[3] with { Title = "Lead" };

        Night night = await company.NextAsync(people);

        Assert.Equal((0L, 1L, 0), (night.Result!.Held, night.Result.Accepted, night.Result.Findings.Count));
    }

    [Fact]
    public async Task Where_the_mappings_of_the_job_are_not_known_nobody_is_held_back_for_them()
    {
        using Company company = await Begin("own");
        company.Checks = new CheckOptions { Mappings = JobMappings.Default(TargetSystem.EntraId) };
        List<Worker> people = Worker.Many(30, prefix: "own");
        people[3] = people[3] with { Department = TooLong };

        Night night = await company.NextAsync(people);

        Assert.Equal((0L, 1L, 1L), (night.Result!.Held, night.Result.Accepted, night.Result.Warnings));
        Assert.Equal(FindingSeverity.Warning, Assert.Single(night.Result.Findings).Severity);
    }

    [Fact]
    public async Task A_rule_that_is_excluded_holds_nobody_back()
    {
        using Company company = await Begin("exc");
        company.Checks = Checks() with { ExcludedRules = ["ValueTooLong"] };
        List<Worker> people = Worker.Many(30, prefix: "exc");
        people[3] = people[3] with { Department = TooLong };

        Night night = await company.NextAsync(people);

        Assert.Equal((0L, 1L, 0), (night.Result!.Held, night.Result.Accepted, night.Result.Findings.Count));
    }

    [Fact]
    public async Task A_manager_is_known_where_the_state_knows_the_person_and_a_circle_is_found_through_it()
    {
        using Company company = await Begin("mgr");
        List<Worker> people = Worker.Many(30, prefix: "mgr");

        // 2 has the manager 1 in the state already.
        people[0] = people[0] with { Manager = "mgr00002" };
        people.Add(Worker.Of(40, "mgr") with { Manager = "mgr00030" });
        people.Add(Worker.Of(41, "mgr") with { Manager = "mgr00040" });
        people.Add(Worker.Of(42, "mgr") with { Manager = "mgr99999" });
        people.Add(Worker.Of(43, "mgr") with { Manager = "MGR00043" });

        Night night = await company.NextAsync(people);

        Assert.Equal(
            [("ManagerUnknown", "mgr00042"), ("ManagerIsSelf", "mgr00043"), ("ManagerCircle", "mgr00001")],
            night.Result!.Findings.Select(finding => (finding.RuleName, finding.ExternalId)));
        Assert.Contains("mgr00001 > mgr00002 > mgr00001", night.Result.Findings[^1].Message, StringComparison.Ordinal);
        Assert.Equal((0L, 5L, 3L), (night.Result.Held, night.Result.Accepted, night.Result.Warnings));
    }

    [Fact]
    public async Task What_is_found_of_records_that_went_is_in_the_report_and_names_nobody_in_its_summary()
    {
        using Company company = await Begin("rep");
        List<Worker> people = Worker.Many(30, prefix: "rep");
        people[3] = people[3] with { Title = " Lead" };
        people[4] = people[4] with { Department = TooLong };
        await company.NextAsync(people);

        ReportFacts facts = RunReport.Of(company.Settings.StatePath, runId: null, ReportDetail.Records, company.Clock);

        ReportGroup finding = Assert.Single(facts.Findings);
        Assert.Equal(("WhiteSpaceAround", "title", 1L, "rep00004"), (finding.Name, finding.Attribute, finding.Count, Assert.Single(finding.Records).ExternalId));
        ReportGroup held = Assert.Single(facts.HeldBack);
        Assert.Equal(CheckRules.ValueTooLong.Remedy, held.Remedy);
        Assert.Empty(RunReport.Of(company.Settings.StatePath, runId: null, ReportDetail.Summary, company.Clock).Findings.Single().Records);

        // Who is forgotten is not named there either.
        Assert.Empty(RecordErasure.Erase(company.Settings.StatePath, ["rep00004"], company.Clock, default));
        Assert.Empty(RunReport.Of(company.Settings.StatePath, runId: null, ReportDetail.Records, company.Clock).Findings.Single().Records);
    }

    [Fact]
    public async Task A_baseline_takes_all_as_they_are_and_a_plan_says_what_would_be_held_back()
    {
        using Company company = await Begin("pln");
        List<Worker> people = Worker.Many(30, prefix: "pln");
        people[3] = people[3] with { Department = TooLong };

        Night plan = company.PlanNext(HrFile.Bytes(people));

        Assert.Equal((1L, 0L), (plan.Plan!.Held, plan.Plan.Records));
        Assert.Equal("pln00004", Assert.Single(plan.Plan.Findings).ExternalId);
    }

    private static CheckOptions Checks() => new()
    {
        Mappings = JobMappings.Of(CheckedPayload.JobSchema(
            "Azure Active Directory",
            CheckedPayload.Direct("userName", "userPrincipalName"),
            CheckedPayload.Direct("displayName", "displayName"),
            CheckedPayload.Direct(ScimSchemas.EnterpriseUserUrn + ":department", "department"))),
        VerifiedDomains = ["contoso.com"],
    };

    private static List<ProvisioningRecord> State(Company company)
    {
        var records = new List<ProvisioningRecord>();
        using SqliteState state = StateAccess.OpenToRead(company.Settings.StatePath, checks: true);
        state.Outcomes.Read(since: null, record =>
        {
            records.Add(record);
            return true;
        });
        return records;
    }

    private async Task<Company> Begin(string prefix)
    {
        var company = new Company(_service.Upload) { Checks = Checks() };
        await company.BaselineAsync(Worker.Many(30, prefix: prefix));
        return company;
    }
}
