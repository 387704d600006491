using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Logs;
using InboundProvisioning.Outcomes;
using InboundProvisioning.State;

namespace InboundProvisioning.Reports;

/// <summary>
/// Makes a report of the provisioning logs alone. Of a person whom several changes are about the newest counts: who failed first and
/// succeeded later has not failed.
/// </summary>
public sealed class LogReport
{
    private readonly ChangeGrouping _events = new();
    private readonly Dictionary<string, ProvisioningChange> _people = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (long Changed, long Cleared)> _attributes = new(StringComparer.OrdinalIgnoreCase);
    private int _nameless;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    /// <summary>Adds an event; those of one change are taken together.</summary>
    public void Add(ProvisioningEvent item)
    {
        foreach (ProvisioningChange change in _events.Add(item))
        {
            Add(change);
        }
    }

    /// <summary>Adds a change.</summary>
    public void Add(ProvisioningChange change)
    {
        foreach (IGrouping<string, ModifiedProperty> property in change.ModifiedProperties.Where(static one => !string.IsNullOrEmpty(one.Name)).GroupBy(static one => one.Name!, StringComparer.OrdinalIgnoreCase))
        {
            _attributes.TryGetValue(property.Key, out (long Changed, long Cleared) count);
            _attributes[property.Key] = (count.Changed + 1, count.Cleared + (string.IsNullOrEmpty(property.Last().NewValue) ? 1 : 0));
        }

        _first = change.ActivityDateTime < _first || _first is null ? change.ActivityDateTime ?? _first : _first;
        _last = change.ActivityDateTime > _last || _last is null ? change.ActivityDateTime ?? _last : _last;
        string id = string.IsNullOrEmpty(change.SourceId) ? FormattableString.Invariant($"\0{_nameless++}") : change.SourceId!;

        // What says nothing of the outcome is not kept: an event may be some kilobytes.
        if (!_people.TryGetValue(id, out ProvisioningChange? known) || !(change.ActivityDateTime < known.ActivityDateTime))
        {
            _people[id] = change with { ModifiedProperties = [], Steps = [], Events = [] };
        }
    }

    /// <summary>Makes the report.</summary>
    /// <param name="detail">How much of people it tells.</param>
    /// <param name="time">The clock.</param>
    public ReportFacts Complete(ReportDetail detail, TimeProvider time)
    {
        foreach (ProvisioningChange change in _events.Complete())
        {
            Add(change);
        }

        var outcomes = new OutcomeFacts { Since = _first };
        foreach (ProvisioningChange change in _people.Values)
        {
            Take(change, outcomes);
        }

        return new ReportFacts
        {
            Subject = "the provisioning logs",
            CreatedOn = time.GetUtcNow(),
            Detail = detail,
            Verdict = VerdictOf(outcomes),
            Outcomes = outcomes.Outcomes(),
            OutcomesSince = outcomes.Since,
            Failures = FailureGroups.Of(outcomes.Failures, detail),
            Attributes =
            [
                .. _attributes.OrderByDescending(static one => one.Value.Changed).ThenBy(static one => one.Key, StringComparer.Ordinal)
                    .Select(static one => new ReportAttribute(one.Key, one.Value.Changed, one.Value.Cleared)),
            ],
        };
    }

    private static void Take(ProvisioningChange change, OutcomeFacts outcomes)
    {
        RecordStatus outcome = LoggedStatus.Of(change.Status) ?? RecordStatus.Open;
        outcomes.Count(change.Action, outcome);
        if (outcome == RecordStatus.Failed)
        {
            outcomes.Failures.Add(change.ErrorCode ?? FailureGroups.WithoutCode, attribute: null, new ReportRecord
            {
                ExternalId = change.SourceId,
                Action = change.Action,
                ErrorCode = change.ErrorCode,
                On = change.ActivityDateTime,
                Reason = change.Reason,
            });
        }
    }

    private ReportVerdict VerdictOf(OutcomeFacts outcomes)
    {
        if (_people.Count == 0)
        {
            return new ReportVerdict(
                ReportLevel.Attention,
                "Nothing in the logs",
                "No event was found. The logs lag behind by 5 to 10 minutes and more, and are kept 7 to 30 days.",
                [new ReportStep("Look whether the job runs:", "Get-ProvisioningJob")]);
        }

        string span = _first is DateTimeOffset first && _last is DateTimeOffset last
            ? first.UtcDateTime.Date == last.UtcDateTime.Date ? $" on {ReportText.Day(first)}" : $" between {ReportText.Day(first)} and {ReportText.Day(last)}"
            : string.Empty;
        string people = ReportText.Count(_people.Count, "person", "people");
        if (outcomes.Failures.Count == 0)
        {
            return new ReportVerdict(ReportLevel.Good, "Done", $"The service has looked at {people}{span}, and failed at none.", [new ReportStep("Nothing.")]);
        }

        ReportGroup worst = outcomes.Failures.Groups().First();
        return new ReportVerdict(
            ReportLevel.Attention,
            "Done, with failures",
            $"The service has failed at {ReportText.Number(outcomes.Failures.Count)} of {people}{span}, most often with {worst.Name} ({ReportText.Number(worst.Count)}).",
            [
                new ReportStep("See below what each error code means and what to do. What the service says of each person:", "Get-ProvisioningLog -Status failure"),
                new ReportStep("The service tries again by itself, for up to 28 days. A record that was corrected has to be sent."),
            ]);
    }
}
