using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Reports;

/// <summary>Figures of a report as a table, for every way to write it.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Its columns; the first one names the row.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record ReportTable(string Caption, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public static ReportTable OfSafeguards(IReadOnlyList<ReportSafeguard> safeguards) => new(
        "Limits and what was held against them",
        [new("Limit", IsValue: true), new("Counts"), new("Attribute", IsValue: true, IsWide: true), new("Found", true), new("Allowed", true), new("Result")],
        [.. safeguards.Select(static one => Row(one.Name, one.Subject, one.Attribute, ReportText.Number(one.Count), one.Allowed is null ? "no limit" : ReportText.Number(one.Allowed), ResultOf(one)))]);

    public static ReportTable OfCounts(string caption, string kind, IReadOnlyList<ReportCount> counts) => new(
        caption, [new(kind), new("Number", true)], [.. counts.Select(static one => Row(one.Kind, ReportText.Number(one.Count)))]);

    public static ReportTable OfOutcomes(IReadOnlyList<ReportOutcome> outcomes) => new(
        "People by action and outcome",
        [new("Action", IsValue: true), new("Done", true), new("Not yet", true), new("Skipped", true), new("Failed", true)],
        [.. outcomes.Select(static one => Row(one.Action, ReportText.Number(one.Succeeded), ReportText.Number(one.Open), ReportText.Number(one.Skipped), ReportText.Number(one.Failed)))]);

    public static ReportTable OfAttributes(IReadOnlyList<ReportAttribute> attributes, int most) => new(
        attributes.Count > most ? $"The {most} attributes that changed for most people, of {ReportText.Number(attributes.Count)}" : "Attributes and for how many people they changed",
        [new("Attribute", IsValue: true), new("Changed", true), new("Of these emptied", true)],
        [.. attributes.Take(most).Select(static one => Row(one.Attribute, ReportText.Number(one.Changed), ReportText.Number(one.Cleared)))]);

    public static ReportTable OfQuota(ReportQuota quota) => new(
        "Calls within 24 hours",
        [new("Calls"), new("Number", true)],
        [
            Row("This run", ReportText.Number(quota.Calls)), Row("Earlier runs", ReportText.Number(quota.Earlier)),
            Row("Left", ReportText.Number(quota.Left)), Row("Limit (-DailyCallLimit)", ReportText.Number(quota.Limit)),
        ]);

    public static ReportTable OfNights(IReadOnlyList<ReportNight> nights) => new(
        "The last runs, the newest first",
        [
            new("Began (UTC)"), new("Run", true, IsWide: true), new("Ended as"), new("Accepted", true), new("New", true, IsWide: true), new("Changed", true, IsWide: true),
            new("Deactivated", true, IsWide: true), new("Kept back", true),
        ],
        [
            .. nights.Reverse().Select(static night => Row(
                ReportText.ShortTime(night.StartedOn), ReportText.Number(night.RunId), $"{night.Status} ({night.ExitCode})", ReportText.Number(night.Accepted), ReportText.Number(night.New),
                ReportText.Number(night.Changed), ReportText.Number(night.Deactivated), ReportText.Number(night.HeldBack))),
        ]);

    public static ReportTable OfValues(IReadOnlyList<ReportChange> values) => new(
        "Values that changed",
        [new("Person", IsValue: true), new("Change", IsWide: true), new("Attribute", IsValue: true), new("Old value", IsValue: true), new("New value", IsValue: true)],
        [.. values.Select(static one => Row(one.ExternalId, one.Kind, one.Attribute, one.OldValue, one.NewValue))]);

    /// <summary>Records, with the columns of which any of them has something.</summary>
    public static ReportTable OfRecords(string caption, IReadOnlyList<ReportRecord> records)
    {
        (ReportColumn Column, Func<ReportRecord, string?> Cell)[] all =
        [
            (new("Person", IsValue: true), static one => one.ExternalId ?? "(not known)"),
            (new("Place", IsValue: true), static one => one.Place),
            (new("Action", IsValue: true), static one => one.Action),
            (new("Known since (UTC)"), static one => ReportText.ShortTime(one.On)),
            (new("Sent", true, IsWide: true), static one => ReportText.Number(one.Attempts)),
            (new("Goes again (UTC)"), static one => ReportText.ShortTime(one.NextAttemptOn)),
            (new("Reason", IsValue: true), static one => one.Reason),
        ];
        (ReportColumn Column, Func<ReportRecord, string?> Cell)[] used = [.. all.Where((one, place) => place == 0 || records.Any(record => !string.IsNullOrEmpty(one.Cell(record))))];
        return new ReportTable(caption, [.. used.Select(static one => one.Column)], [.. records.Select(record => Row([.. used.Select(one => one.Cell(record))]))]);
    }

    private static string ResultOf(ReportSafeguard one) => one.HasStopped ? "stopped" : one.IsApproved ? "approved" : "within";

    private static IReadOnlyList<string> Row(params string?[] cells) => [.. cells.Select(static cell => cell ?? string.Empty)];
}
