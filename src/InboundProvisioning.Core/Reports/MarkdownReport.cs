using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace InboundProvisioning.Reports;

/// <summary>Writes a report as Markdown, for job summaries and tickets.</summary>
public sealed class MarkdownReport
{
    private const int MostAttributes = 50;

    private readonly StringBuilder _document = new();
    private readonly ReportFacts _facts;

    private MarkdownReport(ReportFacts facts)
    {
        _facts = facts;
    }

    /// <summary>Writes it.</summary>
    /// <param name="facts">The report.</param>
    /// <param name="isCut">Whether it holds fewer records than there are.</param>
    public static string Write(ReportFacts facts, out bool isCut) => new MarkdownReport(RowShares.Cut(facts, HtmlReport.MostRows, out isCut)).Write();

    private string Write()
    {
        Line($"<!-- {HtmlReport.Generator} -->");
        Line($"# {Plain(_facts.Verdict.Word)}");
        Paragraph(Plain(_facts.Verdict.Sentence));
        Steps();
        Paragraph(About());
        if (_facts.Stops.Count + _facts.Safeguards.Count > 0)
        {
            Safeguards();
        }

        if (_facts.Changes is { } changes)
        {
            Heading("Changes");
            Table(ReportTable.OfCounts("People by kind of change", "Kind of change", [.. changes, .. _facts.Records ?? []]));
        }

        if (_facts.Outcomes.Count > 0)
        {
            Heading("Outcome in the service");
            Table(ReportTable.OfOutcomes(_facts.Outcomes));
        }

        Groups("Failures", _facts.Failures);
        Groups("Rejected", _facts.Rejected);
        Groups("Held back or refused", _facts.HeldBack);
        Groups("Findings of records that were sent", _facts.Findings);
        if (_facts.Attributes.Count > 0)
        {
            Heading("Attributes that changed");
            Table(ReportTable.OfAttributes(_facts.Attributes, MostAttributes));
        }

        if (_facts.Values.Count > 0)
        {
            Table(ReportTable.OfValues([.. _facts.Values.Take(MostAttributes)]));
        }

        if (_facts.Quota is { } quota)
        {
            Heading("Calls of the day");
            Table(ReportTable.OfQuota(quota));
        }

        if (_facts.Nights.Count > 0)
        {
            Heading("Last runs");
            Table(ReportTable.OfNights(_facts.Nights));
        }

        Paragraph($"With -ReportDetail {_facts.Detail}: {HtmlReport.DetailWords(_facts.Detail)}");
        if (_facts.RecordsFile is not null)
        {
            Paragraph($"All records are in {Value(_facts.RecordsFile)}. A value there that a spreadsheet could take for a formula has an apostrophe before it.");
        }

        return _document.ToString();
    }

    private string About() => _facts.Run is { } run
        ? $"{Value(_facts.Subject)}, run {ReportText.Number(run.RunId)}, {ReportText.Time(run.StartedOn)}, took {ReportText.Duration(run.Duration)}, exit code {run.ExitCode}."
        : $"{Value(_facts.Subject)}, {ReportText.Time(_facts.CreatedOn)}.";

    private void Steps()
    {
        foreach (ReportStep step in _facts.Verdict.Steps)
        {
            Line();
            Line("- " + Plain(step.Text));
            if (step.Command is not null)
            {
                Line();
                Line("  ```powershell");
                Line("  " + VisibleText.Of(step.Command, int.MaxValue));
                Line("  ```");
            }
        }
    }

    private void Safeguards()
    {
        Heading("Safeguards");
        foreach (ReportStop stop in _facts.Stops)
        {
            string people = stop.ExternalIds.Count == 0 ? string.Empty : " People: " + string.Join(", ", stop.ExternalIds.Select(Value)) + (stop.Count > stop.ExternalIds.Count ? $" and {ReportText.Number(stop.Count - stop.ExternalIds.Count)} more." : ".");
            Line();
            Line($"- **{Plain(stop.Name)}**: {Plain(stop.Reason)}{people}");
        }

        if (_facts.Safeguards.Count > 0)
        {
            Table(ReportTable.OfSafeguards(_facts.Safeguards));
        }
    }

    private void Groups(string heading, IReadOnlyList<ReportGroup> groups)
    {
        if (groups.Count == 0)
        {
            return;
        }

        Heading(heading);
        foreach (ReportGroup group in groups)
        {
            Line();
            Line($"### {Value(group.Name)}{(group.Attribute is null ? string.Empty : " " + Value(group.Attribute))}: {ReportText.Number(group.Count)}");
            foreach (string text in new[] { group.Cause, group.Remedy }.OfType<string>())
            {
                Paragraph(Plain(text));
            }

            if (group.Records.Count > 0)
            {
                Table(ReportTable.OfRecords(group.Records.Count < group.Count ? $"The first {group.Records.Count} of {ReportText.Number(group.Count)}" : string.Empty, group.Records));
            }
        }
    }

    private void Table(ReportTable table)
    {
        if (table.Caption.StartsWith("The first", StringComparison.Ordinal))
        {
            Paragraph(table.Caption + ".");
        }

        Line();
        Row(table.Columns.Select(static column => column.Header));
        Row(table.Columns.Select(static column => column.IsNumber ? "---:" : "---"));
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            Row(row.Select((cell, place) => table.Columns[place].IsValue ? Value(cell) : Plain(cell)));
        }
    }

    private void Row(IEnumerable<string> cells) => Line("| " + string.Join(" | ", cells) + " |");

    private void Heading(string text)
    {
        Line();
        Line("## " + text);
    }

    private void Paragraph(string text)
    {
        Line();
        Line(text);
    }

    // A code span: nothing in it is a link, a mention or a tag.
    private static string Value(string text) => MarkdownText.Code(VisibleText.Of(text));

    private static string Plain(string text) => MarkdownText.Plain(VisibleText.Of(text, int.MaxValue));

    private void Line(string text = "") => _document.Append(text).Append('\n');
}
