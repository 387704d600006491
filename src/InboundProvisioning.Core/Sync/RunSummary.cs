using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>
/// A result, as a state keeps it: the numbers, and what a report tells of it, with ids of records that were held back or rejected. No
/// values, but for reasons of rejected rows in a state that keeps records. Rows of older versions lack what has a default.
/// </summary>
internal sealed record RunSummary(
    int ExitCode,
    long Rows,
    long Rejected,
    long New,
    long Changed,
    long Reactivated,
    long Deactivated,
    long Unchanged,
    long Missing,
    long Held,
    long Sent,
    long Accepted,
    long Refused,
    long Left,
    int Calls,
    IReadOnlyList<string> Stops,
    long Waiting = 0,
    long Again = 0,
    long Failed = 0,
    int? CallsLeft = null,
    int? DailyCallLimit = null,
    string? Reason = null,
    string? ErrorId = null,
    IReadOnlyList<SafeguardMeasure>? Safeguards = null,
    IReadOnlyList<RunStop>? StopDetails = null,
    IReadOnlyList<RunAttribute>? Attributes = null,
    IReadOnlyList<RunRejection>? Rejections = null,
    IReadOnlyList<RunRecordNote>? RejectedRecords = null,
    IReadOnlyList<RunRecordNote>? HeldRecords = null,
    IReadOnlyList<RunFinding>? Findings = null)
{
    /// <summary>So many records and attributes are kept of each sort.</summary>
    public const int Most = 500;

    public static RunSummary Of(SyncResult result) => new(
        result.ExitCode,
        result.Rows,
        result.Rejected,
        result.New,
        result.Changed,
        result.Reactivated,
        result.Deactivated,
        result.Unchanged,
        result.Missing,
        result.Held,
        result.Sent,
        result.Accepted,
        result.Refused,
        result.Left,
        result.Calls,
        [.. result.Stops.Select(static stop => stop.Name)],
        result.Waiting,
        result.Again,
        result.Outcome?.Failed ?? 0,
        CallsLeft: result.CallsLeft,
        Reason: result.Reason,
        ErrorId: result.Fault?.ErrorId,
        StopDetails: [.. result.Stops.Select(RunStop.Of)]);

    /// <summary>The same with what the plan of the run has beyond its result.</summary>
    public RunSummary With(SyncPlan plan, IProvisioningState state) => this with
    {
        Safeguards = plan.Measures,
        Attributes = AttributesOf(plan),
        Rejections = [.. plan.Facts.Summary.Rejections.Select(static kind => new RunRejection(kind.ErrorId, kind.Attribute, kind.Rows))],
        RejectedRecords =
        [
            .. plan.Facts.Summary.FirstRejected.Select(row => new RunRecordNote(
                row.ExternalId, state.Content == StateContent.Record ? row.Fault.Reason : null, row.Place.ToString(), row.Fault.ErrorId, row.Fault.Attribute)),
        ],
        HeldRecords = [.. plan.HeldRecords(state).Take(Most).Select(static held => new RunRecordNote(held.ExternalId, held.Reason))],
        Findings = [.. plan.Findings.Groups()],
    };

    /// <summary>Whom it names.</summary>
    public IEnumerable<string> People() =>
        (RejectedRecords ?? []).Concat(HeldRecords ?? []).Select(static note => note.ExternalId).OfType<string>()
            .Concat((StopDetails ?? []).SelectMany(static stop => stop.ExternalIds))
            .Concat((Findings ?? []).SelectMany(static finding => finding.ExternalIds));

    /// <summary>The same without what names some people.</summary>
    public RunSummary Without(HashSet<string> people) => this with
    {
        Reason = Unnamed(Reason, people),
        RejectedRecords = Others(RejectedRecords, people),
        HeldRecords = Others(HeldRecords, people),
        Findings = Findings is null ? null : [.. Findings.Select(finding => finding with { ExternalIds = [.. finding.ExternalIds.Where(id => !people.Contains(id))] })],
        StopDetails = StopDetails is null ? null
            : [.. StopDetails.Select(stop => stop with { Reason = Unnamed(stop.Reason, people)!, ExternalIds = [.. stop.ExternalIds.Where(id => !people.Contains(id))] })],
    };

    private static RunRecordNote[]? Others(IReadOnlyList<RunRecordNote>? notes, HashSet<string> people) =>
        notes is null ? null : [.. notes.Where(note => note.ExternalId is null || !people.Contains(note.ExternalId))];

    // A sentence with ids in it has them in quotes.
    private static string? Unnamed(string? text, HashSet<string> people) =>
        text is not null && people.Any(id => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, $"'{id}'", CompareOptions.OrdinalIgnoreCase) >= 0) ? "It names somebody who is forgotten." : text;

    private static RunAttribute[] AttributesOf(SyncPlan plan) =>
    [
        .. plan.Collector.Attributes.Counts
            .Where(static count => count.Changed > 0)
            .OrderByDescending(static count => count.Changed)
            .ThenBy(static count => count.Attribute, StringComparer.Ordinal)
            .Take(Most)
            .Select(static count => new RunAttribute(count.Attribute, count.Changed, count.Cleared)),
    ];
}
