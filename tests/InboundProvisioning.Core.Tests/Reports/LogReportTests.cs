using System;
using System.Linq;
using System.Text.Json;
using InboundProvisioning.Logs;
using InboundProvisioning.Reports;

namespace InboundProvisioning.Core.Tests.Reports;

public sealed class LogReportTests
{
    [Fact]
    public void Of_a_person_the_newest_change_counts_in_whatever_order_they_come()
    {
        ReportFacts facts = Report(
            ReportDetail.Records,
            Change("a", "failure", hour: 1, code: "DuplicateTargetEntries"), Change("A", "success", hour: 2),
            Change("b", "success", hour: 3), Change("b", "failure", hour: 2, code: "DuplicateTargetEntries"),
            Change("c", "success", hour: 1), Change("c", "failure", hour: 2, code: "MandatoryFieldsMissing"),
            Change("d", "skipped", hour: 1), Change("e", "warning", hour: 1));

        Assert.Equal([new ReportOutcome("update", 3, 0, 1, 1)], facts.Outcomes);
        ReportGroup group = Assert.Single(facts.Failures);
        Assert.Equal(("MandatoryFieldsMissing", 1L), (group.Name, group.Count));
        Assert.Equal("c", group.Records.Single().ExternalId);
        Assert.Contains("attribute", group.Cause, StringComparison.Ordinal);
        Assert.NotNull(group.Remedy);
        Assert.Equal("The service has failed at 1 of 5 people on 26 Nov 2026, most often with MandatoryFieldsMissing (1).", facts.Verdict.Sentence);
    }

    [Fact]
    public void Events_of_one_change_are_one_person_and_attributes_are_counted_once_a_change()
    {
        ProvisioningEvent one = Event("""{"changeId":"1","activityDateTime":"2026-11-26T01:00:00Z","provisioningAction":"create","provisioningStatusInfo":{"status":"success"},"sourceIdentity":{"id":"a"},"modifiedProperties":[{"displayName":"jobTitle","oldValue":"x","newValue":""},{"displayName":"city","newValue":"Oslo"}]}""");
        ProvisioningEvent other = Event("""{"changeId":"1","activityDateTime":"2026-11-26T01:00:01Z","provisioningAction":"update","provisioningStatusInfo":{"status":"success"},"sourceIdentity":{"id":"a"},"modifiedProperties":[{"displayName":"city","newValue":"Oslo"}]}""");
        var report = new LogReport();
        report.Add(one);
        report.Add(other);

        ReportFacts facts = report.Complete(ReportDetail.Records, TimeProvider.System);

        Assert.Equal([new ReportOutcome("create", 1, 0, 0, 0)], facts.Outcomes);
        Assert.Equal([new ReportAttribute("city", 1, 0), new ReportAttribute("jobTitle", 1, 1)], facts.Attributes);
    }

    [Fact]
    public void Logs_that_hold_nothing_are_no_success()
    {
        ReportFacts facts = Report(ReportDetail.Records);

        Assert.Equal((ReportLevel.Attention, "Nothing in the logs"), (facts.Verdict.Level, facts.Verdict.Word));
        Assert.Equal("Get-ProvisioningJob", facts.Verdict.Steps[0].Command);
    }

    [Fact]
    public void The_words_of_the_service_quote_values_and_are_told_with_values_only()
    {
        ProvisioningChange change = Change("a", "failure", hour: 1, code: "SomethingNew", reason: "'ann@contoso.com' is taken.");

        Assert.Null(Report(ReportDetail.Records, change).Failures.Single().Records.Single().Reason);
        Assert.Equal("'ann@contoso.com' is taken.", Report(ReportDetail.Values, change).Failures.Single().Records.Single().Reason);
        Assert.Empty(Report(ReportDetail.Summary, change).Failures.Single().Records);
    }

    private static ReportFacts Report(ReportDetail detail, params ProvisioningChange[] changes)
    {
        var report = new LogReport();
        Array.ForEach(changes, report.Add);
        return report.Complete(detail, TimeProvider.System);
    }

    private static ProvisioningChange Change(string id, string status, int hour, string? code = null, string? reason = null) => new()
    {
        ChangeId = Guid.NewGuid().ToString(),
        SourceId = id,
        Action = "update",
        Status = status,
        ErrorCode = code,
        Reason = reason,
        ActivityDateTime = new DateTimeOffset(2026, 11, 26, hour, 0, 0, TimeSpan.Zero),
        ModifiedProperties = [],
        Steps = [],
        Events = [],
    };

    private static ProvisioningEvent Event(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ProvisioningEvent.Read(document.RootElement.Clone());
    }
}
