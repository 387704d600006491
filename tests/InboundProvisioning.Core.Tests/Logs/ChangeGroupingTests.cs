using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Logs;
using Xunit;

namespace InboundProvisioning.Core.Tests.Logs;

public sealed class ChangeGroupingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private int _number;

    [Fact]
    public void Events_that_share_a_change_make_one_object()
    {
        ProvisioningEvent newer = Event("a", "update", "success") with { ModifiedProperties = [new("manager", null, "m")], Steps = [new() { Name = "second" }] };
        ProvisioningEvent older = Event("a", "create", "success") with { ModifiedProperties = [new("mail", null, "x")], Steps = [new() { Name = "first" }], TargetIdentity = new LogIdentity { Id = "u1", DisplayName = "Ann" } };

        ProvisioningChange change = Assert.Single(Group(newer, Event("b", "create", "success"), older), change => change.ChangeId == "a");

        Assert.Equal(["first", "second"], change.Steps.Select(step => step.Name!));
        Assert.Equal(["mail", "manager"], change.ModifiedProperties.Select(property => property.Name!));
        Assert.Equal([newer, older], change.Events);
        Assert.Equal(("create", "success", newer.ActivityDateTime, "u1", "Ann", "id-a", "cycle"), (change.Action, change.Status, change.ActivityDateTime, change.TargetId, change.DisplayName, change.SourceId, change.CycleId));
    }

    [Theory]
    [InlineData("failure", "success,failure,skipped")]
    [InlineData("warning", "warning,success")]
    [InlineData("success", "skipped,success")]
    [InlineData("postponed", "success,postponed,skipped")]
    [InlineData("Failure", "success,Failure")]
    public void The_worst_status_counts(string expected, string statuses)
    {
        ProvisioningChange change = Assert.Single(Group([.. statuses.Split(',').Select(status => Event("a", "update", status))]));

        Assert.Equal(expected, change.Status);
    }

    [Fact]
    public void Error_and_action_are_those_of_the_event_that_decides()
    {
        ProvisioningEvent failed = Event("a", "update", "failure") with { ErrorCode = "Code", Reason = "Why", RecommendedAction = "Do" };

        ProvisioningChange change = Assert.Single(Group(Event("a", "other", "success"), failed, Event("a", "create", "success")));

        Assert.Equal(("update", "Code", "Why", "Do"), (change.Action, change.ErrorCode, change.Reason, change.RecommendedAction));
    }

    [Fact]
    public void Changes_without_an_id_are_not_taken_together() =>
        Assert.Equal(2, Group(Event("a", "create", "success") with { ChangeId = null }, Event("a", "create", "success") with { ChangeId = null }).Count);

    [Fact]
    public void The_same_id_in_another_cycle_is_another_change() =>
        Assert.Equal(2, Group(Event("a", "create", "success"), Event("a", "create", "success") with { CycleId = "other" }).Count);

    [Fact]
    public void A_change_comes_out_while_the_stream_goes_on_and_no_more_than_500_are_held()
    {
        var grouping = new ChangeGrouping();
        int added = 0;
        int out_ = 0;
        for (int i = 0; i < 5_000; i++)
        {
            added++;
            out_ += grouping.Add(Event("c" + i, "create", "success")).Count;
            Assert.InRange(added - out_, 0, 501);
        }

        Assert.InRange(out_, 4_400, 4_600);
        Assert.Equal(5_000, out_ + grouping.Complete().Count);
    }

    [Fact]
    public void Events_of_one_change_may_lie_hundreds_of_events_apart()
    {
        IEnumerable<ProvisioningEvent> between = Enumerable.Range(0, 400).Select(i => Event("c" + i, "create", "success"));

        IReadOnlyList<ProvisioningChange> changes = Group([Event("a", "create", "success"), .. between, Event("a", "update", "success"), .. between, Event("a", "other", "success")]);

        Assert.Equal(3, Assert.Single(changes, change => change.ChangeId == "a").Events.Count);
    }

    private static List<ProvisioningChange> Group(params ProvisioningEvent[] events)
    {
        var grouping = new ChangeGrouping();
        return [.. events.SelectMany(grouping.Add), .. grouping.Complete()];
    }

    private ProvisioningEvent Event(string change, string action, string status) => new()
    {
        ActivityDateTime = Noon.AddSeconds(-_number++),
        CycleId = "cycle",
        ChangeId = change,
        Action = action,
        Status = status,
        SourceIdentity = new LogIdentity { Id = "id-" + change },
        TargetIdentity = new LogIdentity(),
        SourceSystem = new LogIdentity(),
        TargetSystem = new LogIdentity(),
        ServicePrincipal = new LogIdentity(),
        InitiatedBy = new LogIdentity(),
    };
}
