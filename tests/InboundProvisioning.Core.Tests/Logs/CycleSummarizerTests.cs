using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Logs;
using Xunit;

namespace InboundProvisioning.Core.Tests.Logs;

public sealed class CycleSummarizerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_cycle_is_counted()
    {
        CycleSummary cycle = Assert.Single(Summarize(
            Event("c", "1", "x1", "create", "success", 0),
            Event("c", "1", "x1", "update", "failure", 1),
            Event("c", "2", "x2", "Create", "SUCCESS", 9),
            Event("c", "3", "x3", "stageddelete", "skipped", 5),
            Event("c", "3", "x3", "disable", "warning", 5),
            Event("c", "4", "x4", "delete", "success", 5),
            Event("c", "5", "x5", "promote", "success", 5),
            Event("c", "6", "x6", null, "postponed", 5),
            Event("c", null, null, "other", null, 5)));

        Assert.Equal((Noon, Noon.AddSeconds(9), 6, 7, 9L), (cycle.Start!.Value, cycle.End!.Value, cycle.Users, cycle.Changes, cycle.Events));
        Assert.Equal((2L, 2L), (cycle.Create.Success, cycle.Create.Total));
        Assert.Equal((1L, 1L), (cycle.Update.Failure, cycle.Update.Total));
        Assert.Equal((1L, 1L), (cycle.StagedDelete.Skipped, cycle.StagedDelete.Total));
        Assert.Equal((1L, 1L), (cycle.Disable.Warning, cycle.Disable.Total));
        Assert.Equal((1L, 1L), (cycle.Delete.Success, cycle.Delete.Total));
        Assert.Equal((1L, 2L, 3L), (cycle.Other.Success, cycle.Other.Other, cycle.Other.Total));
    }

    [Fact]
    public void Cycles_may_alternate_and_come_newest_first()
    {
        IReadOnlyList<CycleSummary> cycles = Summarize(
            Event("old", "1", "a", "create", "success", 0), Event("new", "1", "b", "update", "success", 60), Event("old", "2", "c", "create", "success", 1));

        Assert.Equal([("new", 1, 1), ("old", 2, 2)], cycles.Select(cycle => (cycle.CycleId!, cycle.Users, cycle.Changes)));
    }

    [Fact]
    public void A_cycle_that_is_far_behind_is_given_out_before_the_end()
    {
        var summarizer = new CycleSummarizer();
        Assert.Empty(summarizer.Add(Event("a", "1", "x", "create", "success", 0)));
        IReadOnlyList<CycleSummary> early = [.. Enumerable.Range(0, 10_000).SelectMany(i => summarizer.Add(Event("b", "u" + i, "y" + i, "create", "success", 1)))];

        Assert.Equal("a", Assert.Single(early).CycleId);
        Assert.Equal((10_000, 10_000), summarizer.Complete().Select(cycle => (cycle.Users, cycle.Changes)).Single());
    }

    private static List<CycleSummary> Summarize(params ProvisioningEvent[] events)
    {
        var summarizer = new CycleSummarizer();
        return [.. events.SelectMany(summarizer.Add), .. summarizer.Complete()];
    }

    private static ProvisioningEvent Event(string cycle, string? source, string? change, string? action, string? status, int second) => new()
    {
        ActivityDateTime = Noon.AddSeconds(second),
        CycleId = cycle,
        ChangeId = change,
        Action = action,
        Status = status,
        SourceIdentity = new LogIdentity { Id = source },
        TargetIdentity = new LogIdentity(),
        SourceSystem = new LogIdentity(),
        TargetSystem = new LogIdentity(),
        ServicePrincipal = new LogIdentity(),
        InitiatedBy = new LogIdentity(),
    };
}
