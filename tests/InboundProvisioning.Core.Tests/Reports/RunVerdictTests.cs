using System;
using InboundProvisioning.Reports;

namespace InboundProvisioning.Core.Tests.Reports;

public sealed class RunVerdictTests
{
    [Fact]
    public void A_stop_says_how_many_how_many_may_be_and_the_command_that_approves_it()
    {
        ReportVerdict verdict = SampleReports.Stopped().Verdict;

        Assert.Equal((ReportLevel.Bad, "Stopped"), (verdict.Level, verdict.Word));
        Assert.Equal("601 known people are not in the source any more; -MissingLimit allows 50. 1 more safeguard stopped it. Nothing was sent.", verdict.Sentence);
        Assert.Equal("Approve-ProvisioningPlan -StatePath '/hr/contoso.db' -Id 0555F95DD3E4 -Reason '<why>'", verdict.Steps[^1].Command);
    }

    [Fact]
    public void A_good_night_asks_for_nothing()
    {
        ReportVerdict verdict = SampleReports.WithFailures(0).Verdict;

        Assert.Equal((ReportLevel.Good, "Done"), (verdict.Level, verdict.Word));
        Assert.Equal("1,244 records were sent and accepted.", verdict.Sentence);
        Assert.Equal([new ReportStep("Nothing.")], verdict.Steps);
    }

    [Fact]
    public void Failures_are_told_with_the_command_that_shows_them()
    {
        ReportVerdict verdict = SampleReports.WithFailures(1).Verdict;

        Assert.Equal(ReportLevel.Attention, verdict.Level);
        Assert.Contains("1 person is not in the directory as the source says", verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("3 rows were rejected and 2 records were held back.", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal("Get-ProvisioningState -StatePath '/hr/contoso.db' -Status Failed", verdict.Steps[0].Command);
    }

    [Fact]
    public void A_run_that_did_not_even_begin_has_a_report_too()
    {
        ReportFacts facts = SampleReports.Failed();

        Assert.Equal((ReportLevel.Bad, "Failed"), (facts.Verdict.Level, facts.Verdict.Word));
        Assert.Equal("Another run holds the state /hr/contoso.db. Nothing was sent.", facts.Verdict.Sentence);
        Assert.Null(facts.Changes);
        Assert.Contains("a run that did not begin", HtmlReportTests.Page(facts), StringComparison.Ordinal);
    }
}
