using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using InboundProvisioning.Checks;
using InboundProvisioning.State;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Reports;

/// <summary>Makes the report of a run: when it ends, or later from its state.</summary>
public static class RunReport
{
    /// <summary>So many people at the most have their values told.</summary>
    public const int MostValues = 500;

    private const int MostNights = 30;

    /// <summary>The report of a run of a state.</summary>
    /// <param name="location">The state.</param>
    /// <param name="runId">The run; null for the last one.</param>
    /// <param name="detail">How much of people it tells.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InboundProvisioningException"><c>StateNotFound</c>, <c>RunNotFound</c>, and what is wrong with the file.</exception>
    public static ReportFacts Of(StateLocation location, long? runId, ReportDetail detail, TimeProvider time)
    {
        using SqliteState state = StateAccess.OpenToRead(location);
        string statePath = location.Path;
        IReadOnlyList<RunRecord> runs = state.Runs(MostNights, upTo: runId ?? long.MaxValue);
        RunRecord run = runs.FirstOrDefault(run => runId is null || run.Id == runId) ?? throw new InboundProvisioningException(
            "RunNotFound",
            FaultKind.NotFound,
            runId is null
                ? $"The state {statePath} knows of no run that has ended. Sync-InboundProvisioning makes one."
                : $"The state {statePath} knows of no run {runId} that has ended. Get-ProvisioningRun lists the runs.",
            statePath);
        return Compose(state, run, SummaryOf(run), runs, statePath, detail, [], time);
    }

    /// <summary>The report of a run that has just ended, however that was.</summary>
    /// <param name="session">Its session; null where it did not come to one.</param>
    /// <param name="result">Its result.</param>
    /// <param name="statePath">The state.</param>
    /// <param name="detail">How much of people it tells.</param>
    /// <param name="changes">What it was to change, with <see cref="ReportDetail.Values"/>.</param>
    /// <param name="time">The clock.</param>
    public static ReportFacts Of(
        SyncSession? session, SyncResult result, string statePath, ReportDetail detail, IReadOnlyList<PlannedChange> changes, TimeProvider time)
    {
        IReadOnlyList<RunRecord> runs = [];
        IProvisioningState? state = session?.State;
        try
        {
            runs = state?.Runs(MostNights) ?? [];
        }
        catch (InboundProvisioningException)
        {
            // What ended the run may be the state itself: then the result is all there is.
            state = null;
        }

        if (runs.FirstOrDefault(run => result.RunId > 0 && run.Id == result.RunId) is { } own)
        {
            return Compose(state, own, SummaryOf(own), runs, statePath, detail, changes, time);
        }

        RunSummary summary = RunSummary.Of(result) with { CallsLeft = null };
        var record = new RunRecord
        {
            Id = result.RunId,
            StartedOn = result.StartedOn,
            EndedOn = result.StartedOn + result.Duration,
            Status = result.Status.ToString(),
            Plan = result.PlanId,
            Result = string.Empty,
        };
        return Compose(state, record, summary, runs, statePath, detail, changes, time);
    }

    /// <summary>Puts the facts together.</summary>
    internal static ReportFacts Compose(
        IProvisioningState? state,
        RunRecord run,
        RunSummary summary,
        IReadOnlyList<RunRecord> runs,
        string statePath,
        ReportDetail detail,
        IReadOnlyList<PlannedChange> changes,
        TimeProvider time)
    {
        OutcomeFacts outcomes = state is null ? new OutcomeFacts() : OutcomesOf(state, run, runs);
        return Compose(run, summary, runs, outcomes, statePath, detail, changes, time.GetUtcNow());
    }

    internal static ReportFacts Compose(
        RunRecord run,
        RunSummary summary,
        IReadOnlyList<RunRecord> runs,
        OutcomeFacts outcomes,
        string statePath,
        ReportDetail detail,
        IReadOnlyList<PlannedChange> changes,
        DateTimeOffset now)
    {
        bool namesPeople = detail != ReportDetail.Summary;
        bool isWeighed = summary.Safeguards is not null || summary.Rows > 0;
        IReadOnlyList<RunStop> stops = summary.StopDetails ?? [];
        return new ReportFacts
        {
            Subject = Path.GetFileName(statePath),
            CreatedOn = now,
            Detail = detail,
            Verdict = RunVerdict.Of(run, summary, statePath, outcomes.Failures.Count, outcomes.Refused.Count, namesPeople),
            Run = new ReportRun
            {
                RunId = run.Id,
                PlanId = run.Plan,
                Status = run.Status,
                ExitCode = summary.ExitCode,
                StartedOn = run.StartedOn,
                Duration = run.EndedOn - run.StartedOn,
            },
            Stops = [.. stops.Select(stop => StopOf(stop, namesPeople))],
            Safeguards = [.. (summary.Safeguards ?? []).Select(measure => SafeguardOf(measure, summary.Stops))],
            Changes = isWeighed ? ChangesOf(summary) : null,
            Records = isWeighed ? RecordsOf(summary) : null,
            Outcomes = outcomes.Outcomes(),
            OutcomesSince = outcomes.Since,
            Failures = FailureGroups.Of(outcomes.Failures, detail),
            Rejected = [.. RejectedOf(summary).Select(group => Told(group, detail))],
            HeldBack = [.. outcomes.Refused.Groups().Select(group => Told(group, detail)), .. HeldOf(summary).Select(group => Told(group, detail))],
            Findings = [.. FindingsOf(summary).Select(group => Told(group, detail))],
            Attributes = [.. (summary.Attributes ?? []).Select(static one => new ReportAttribute(one.Attribute, one.Changed, one.Cleared))],
            Values = detail == ReportDetail.Values ? ValuesOf(changes) : [],
            Quota = summary is { CallsLeft: int left, DailyCallLimit: int limit }
                ? new ReportQuota(summary.Calls, Math.Max(0, limit - left - summary.Calls), limit, left)
                : null,
            Nights = [.. runs.Take(MostNights).Select(NightOf).Reverse()],
        };
    }

    // A run learns what became of the one before; what became of its own records is known later. So the report of the last run tells of
    // both, and of all who are failed by then; that of an earlier run tells of its own records.
    private static OutcomeFacts OutcomesOf(IProvisioningState state, RunRecord run, IReadOnlyList<RunRecord> runs)
    {
        bool isLast = run.Id == 0 || state.Runs(1) is not [{ } last] || last.Id == run.Id;
        DateTimeOffset? since = !isLast ? null : runs.FirstOrDefault(one => run.Id == 0 || one.Id < run.Id)?.StartedOn ?? run.StartedOn;
        var outcomes = new OutcomeFacts { Since = since };
        state.Outcomes.Read((since ?? run.StartedOn).AddSeconds(-1), record =>
        {
            Take(record, run.Id, since, outcomes);
            return true;
        });
        return outcomes;
    }

    private static void Take(ProvisioningRecord record, long run, DateTimeOffset? since, OutcomeFacts outcomes)
    {
        // The state keeps whole seconds.
        DateTimeOffset? first = since?.AddSeconds(-1);
        bool isOfRun = since is null ? record.RunId == run : record.AcceptedOn >= first || record.OutcomeOn >= first;
        if (isOfRun && record.Status is RecordStatus.Open or RecordStatus.Succeeded or RecordStatus.Skipped or RecordStatus.Failed)
        {
            outcomes.Count(record.Action, record.Status);
        }

        if (record.Status is not (RecordStatus.Failed or RecordStatus.Refused) || (since is null && !isOfRun))
        {
            return;
        }

        bool hasFailed = record.Status == RecordStatus.Failed;
        string name = record.ErrorCode ?? FailureGroups.WithoutCode;
        (hasFailed ? outcomes.Failures : outcomes.Refused).Add(hasFailed ? name : "Refused: " + name, attribute: null, new ReportRecord
        {
            ExternalId = record.ExternalId,
            Action = record.Action,
            ErrorCode = record.ErrorCode,
            On = record.OutcomeOn,
            Attempts = record.Attempts == 0 ? null : record.Attempts,
            NextAttemptOn = record.NextAttemptOn,
            Reason = record.Reason,
        });
    }

    private static RunSummary SummaryOf(RunRecord run) => JsonSerializer.Deserialize(run.Result, SyncJson.Default.RunSummary)!;

    private static ReportStop StopOf(RunStop stop, bool namesPeople) => new()
    {
        Name = stop.Name,
        ErrorId = stop.ErrorId,
        Reason = namesPeople ? stop.Reason : StopWords.Sentence(stop, namesPeople: false) + ".",
        Remedy = stop.Remedy,
        CanBeApproved = stop.CanBeApproved,
        Since = stop.Since,
        Count = stop.Count,
        ExternalIds = namesPeople ? stop.ExternalIds : [],
    };

    private static ReportSafeguard SafeguardOf(SafeguardMeasure measure, IReadOnlyList<string> stops) => new()
    {
        Name = measure.Name,
        Subject = StopWords.Subject(measure.Name),
        Attribute = measure.Name == SafeguardRule.UserNameChange.Name ? null : measure.Attribute,
        Count = measure.Count,
        Limit = measure.Limit,
        Allowed = measure.Allowed,
        Base = measure.Base,
        HasStopped = stops.Any(stop => stop.Split(':')[0] == measure.Name),
    };

    private static ReportCount[] ChangesOf(RunSummary summary) =>
    [
        new("New", summary.New), new("Changed", summary.Changed), new("Active again", summary.Reactivated), new("Deactivated", summary.Deactivated),
        new("Missing in the source", summary.Missing), .. summary.Again == 0 ? [] : new ReportCount[] { new("Sent again as they were", summary.Again) },
    ];

    private static ReportCount[] RecordsOf(RunSummary summary) =>
    [
        new("Rows read", summary.Rows), new("Unchanged", summary.Unchanged), new("Accepted", summary.Accepted), new("Rejected rows", summary.Rejected),
        new("Held back", summary.Held), new("Left for next run", summary.Left),
        .. new ReportCount[] { new("Refused", summary.Refused), new("Waiting", summary.Waiting) }.Where(static count => count.Count > 0),
    ];

    private static IEnumerable<ReportGroup> RejectedOf(RunSummary summary)
    {
        ILookup<(string?, string?), RunRecordNote> notes = (summary.RejectedRecords ?? []).ToLookup(static note => (note.ErrorId, note.Attribute));
        return (summary.Rejections ?? []).OrderByDescending(static kind => kind.Rows).Select(kind => new ReportGroup
        {
            Name = kind.ErrorId,
            Attribute = kind.Attribute,
            Count = kind.Rows,
            Records = [.. notes[(kind.ErrorId, kind.Attribute)].Select(static note => new ReportRecord
            {
                ExternalId = note.ExternalId, Place = note.Place, ErrorCode = note.ErrorId, Attribute = note.Attribute, Reason = note.Reason,
            })],
        });
    }

    private static IEnumerable<ReportGroup> HeldOf(RunSummary summary) => (summary.HeldRecords ?? [])
        .GroupBy(static note => note.Reason ?? string.Empty)
        .OrderByDescending(static group => group.Count())
        .Select(static group => new ReportGroup
        {
            Name = "Held back: " + (group.Key is ['-', ..] ? "beyond " + group.Key : group.Key),
            Remedy = CheckRules.All.FirstOrDefault(rule => group.Key.EndsWith($"({rule.Name})", StringComparison.Ordinal))?.Remedy,
            Count = group.Count(),
            Records = [.. group.Select(static note => new ReportRecord { ExternalId = note.ExternalId })],
        });

    private static IEnumerable<ReportGroup> FindingsOf(RunSummary summary)
    {
        foreach (RunFinding finding in summary.Findings ?? [])
        {
            CheckRule? rule = CheckRules.All.FirstOrDefault(rule => rule.Name == finding.RuleName);
            yield return new ReportGroup
            {
                Name = finding.RuleName,
                Attribute = finding.Attribute,
                Cause = rule is null ? null : $"The value {rule.Words}.",
                Remedy = rule?.Remedy,
                Count = finding.Records,
                Records = [.. finding.ExternalIds.Select(static externalId => new ReportRecord { ExternalId = externalId })],
            };
        }
    }

    /// <summary>A group as far as a report of this detail tells of it.</summary>
    internal static ReportGroup Told(ReportGroup group, ReportDetail detail) => detail switch
    {
        ReportDetail.Summary => group with { Records = [] },
        ReportDetail.Records => group with { Records = [.. group.Records.Select(static record => record with { Reason = null })] },
        _ => group,
    };

    private static ReportChange[] ValuesOf(IReadOnlyList<PlannedChange> changes) =>
    [
        .. changes.SelectMany(static change => change.Attributes.Select(value =>
            new ReportChange(change.ExternalId, change.Kind.ToString(), value.Attribute, value.OldValue, value.NewValue))).Take(MostValues),
    ];

    private static ReportNight NightOf(RunRecord run)
    {
        RunSummary summary = SummaryOf(run);
        return new ReportNight(
            run.Id, run.StartedOn, run.Status, summary.ExitCode, summary.Accepted, summary.New, summary.Changed, summary.Deactivated, summary.Rejected + summary.Refused + summary.Held);
    }
}
