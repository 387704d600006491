using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Reports;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.Reports;

/// <summary>What a state keeps of a run is enough for its report.</summary>
public sealed class RunReportTests : IDisposable
{
    private readonly Company _company = new();

    public void Dispose() => _company.Dispose();

    [Fact]
    public async Task A_run_keeps_what_each_limit_was_held_against_passed_or_not()
    {
        await _company.BaselineAsync(Worker.Many(100));
        await _company.NextAsync(Worker.Many(75));

        ReportFacts facts = Report();
        Assert.Equal(
            ["RejectLimit", "DisableLimit", "MissingLimit", "ShrinkLimit", "CreateLimit", "ClearLimit", "AttributeChangeLimit", "UserNameChangeLimit"],
            facts.Safeguards.Select(static one => one.Name));
        Assert.Equal((25, 10, 100, true), Values(facts, "MissingLimit"));
        Assert.Equal((25, 20, 100, true), Values(facts, "ShrinkLimit"));
        Assert.Equal((0, 10, 100, false), Values(facts, "DisableLimit"));
        Assert.Equal(["MissingLimit", "ShrinkLimit"], facts.Stops.Select(static stop => stop.Name));
        Assert.Equal(10, facts.Stops[0].ExternalIds.Count);
        Assert.Equal([("Completed", 1L), ("Stopped", 2L)], facts.Nights.Select(static night => (night.Status, night.RunId)));
        Assert.Equal("25 known people are not in the source any more; -MissingLimit allows 10. 1 more safeguard stopped it. Nothing was sent.", facts.Verdict.Sentence);
    }

    [Fact]
    public async Task Of_the_limits_of_attributes_the_attribute_with_most_people_is_told()
    {
        await _company.BaselineAsync(Worker.Many(100));
        await _company.NextAsync(Worker.Many(100).Select(static (one, i) => one with { Title = i < 60 ? "Lead" : one.Title, Department = i < 8 ? string.Empty : one.Department }));

        ReportFacts facts = Report();
        Assert.Equal("title", facts.Safeguards.Single(static one => one.Name == "AttributeChangeLimit").Attribute);
        Assert.Equal((60, 50, 100, true), Values(facts, "AttributeChangeLimit"));
        Assert.Equal((8, 10, 100, false), Values(facts, "ClearLimit"));
        Assert.Equal(("title", 60L, 0L), (facts.Attributes[0].Attribute, facts.Attributes[0].Changed, facts.Attributes[0].Cleared));
        Assert.Equal((8L, 8L), (facts.Attributes[1].Changed, facts.Attributes[1].Cleared));
    }

    [Theory]
    [InlineData(StateContent.Record, "The row has no")]
    [InlineData(StateContent.Fingerprint, null)]
    public async Task Rejected_rows_and_records_that_were_held_back_are_kept_without_values_where_the_state_has_none(StateContent content, string? reason)
    {
        _company.Settings = _company.Settings with { StateContent = content };
        await _company.BaselineAsync(Worker.Many(100));
        List<Worker> people = Worker.Many(100);
        people[5] = people[5] with { UserName = people[6].UserName };
        await _company.NextAsync([.. people, Worker.Of(200) with { Id = string.Empty }, Worker.Of(1) with { Title = "Lead" }]);

        ReportFacts facts = Report(ReportDetail.Values);
        Assert.Equal([("DuplicateExternalId", 1L), ("EmptyExternalId", 1L)], facts.Rejected.Select(static group => (group.Name, group.Count)).Order());
        ReportRecord duplicate = facts.Rejected.Single(static group => group.Name == "DuplicateExternalId").Records.Single();
        Assert.Equal(("00001", "hr.csv, line 103"), (duplicate.ExternalId, duplicate.Place));
        ReportRecord empty = facts.Rejected.Single(static group => group.Name == "EmptyExternalId").Records.Single();
        Assert.Null(empty.ExternalId);
        Assert.Equal(reason is null, empty.Reason is null);
        Assert.Equal(["00006"], facts.HeldBack.Single().Records.Select(static record => record.ExternalId));
        Assert.Contains("userName", facts.HeldBack.Single().Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_an_older_version_has_kept_is_read()
    {
        await _company.BaselineAsync(Worker.Many(10));
        using (SqliteState state = SqliteState.Open(_company.StatePath, writes: true, checks: true))
        {
            long run = state.BeginRun(_company.Clock.GetUtcNow());
            state.EndRun(run, new RunRecord
            {
                StartedOn = _company.Clock.GetUtcNow(),
                EndedOn = _company.Clock.GetUtcNow(),
                Status = "Stopped",
                Result = """{"ExitCode":2,"Rows":3,"Rejected":0,"New":1,"Changed":0,"Reactivated":0,"Deactivated":0,"Unchanged":2,"Missing":8,"Held":0,"Sent":0,"Accepted":0,"Refused":0,"Left":0,"Calls":0,"Stops":["MissingLimit"]}""",
            });
        }

        ReportFacts facts = Report();
        Assert.Equal("Stopped by MissingLimit. Nothing was sent.", facts.Verdict.Sentence);
        Assert.Contains(new ReportCount("New", 1), facts.Changes!);
        Assert.Null(facts.Quota);
        Assert.Contains("Stopped by MissingLimit", HtmlReportTests.Page(facts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_found_by_its_number_and_told_with_those_before_it()
    {
        await _company.BaselineAsync(Worker.Many(100));
        await _company.NextAsync(Worker.Many(75));

        ReportFacts facts = RunReport.Of(_company.StatePath, 1, ReportDetail.Records, _company.Clock);
        Assert.Equal("Completed", facts.Run!.Status);
        Assert.Single(facts.Nights);
        Assert.Equal("RunNotFound", Assert.Throws<InboundProvisioningException>(() => RunReport.Of(_company.StatePath, 9, ReportDetail.Records, _company.Clock)).ErrorId);
    }

    private static (long Count, long? Allowed, long Base, bool HasStopped) Values(ReportFacts facts, string name)
    {
        ReportSafeguard one = facts.Safeguards.Single(one => one.Name == name);
        return (one.Count, one.Allowed, one.Base, one.HasStopped);
    }

    private ReportFacts Report(ReportDetail detail = ReportDetail.Records) => RunReport.Of(_company.StatePath, null, detail, _company.Clock);
}
