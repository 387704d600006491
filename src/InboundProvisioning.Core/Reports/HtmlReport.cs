using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Reports;

/// <summary>
/// Writes a report as one HTML page that needs nothing else and runs nothing: its policy allows its own style sheet, by the digest of it,
/// and nothing more (https://www.w3.org/TR/CSP3/#meta-element).
/// </summary>
public sealed class HtmlReport
{
    /// <summary>So many rows stand in a page at the most.</summary>
    public const int MostRows = 500;

    /// <summary>So many bytes a page has at the most.</summary>
    public const int MostBytes = 300_000;

    /// <summary>What the page says of itself.</summary>
    internal const string Generator = "InboundProvisioning report";

    private const int MostAttributes = 50;
    private const int MostAttributeBars = 12;
    private const int MostValues = 100;

    private readonly StringBuilder _page = new();
    private readonly ReportFacts _facts;

    private HtmlReport(ReportFacts facts)
    {
        _facts = facts;
    }

    /// <summary>Writes the page.</summary>
    /// <param name="facts">The report.</param>
    /// <param name="isCut">Whether it holds fewer records than there are.</param>
    public static string Write(ReportFacts facts, out bool isCut)
    {
        // What the other tables leave.
        int rows = MostRows - facts.Safeguards.Count - (facts.Changes?.Count ?? 0) - (facts.Records?.Count ?? 0) - facts.Outcomes.Count
            - Math.Min(facts.Attributes.Count, MostAttributes) - Math.Min(facts.Values.Count, MostValues) - (facts.Quota is null ? 0 : 4) - facts.Nights.Count;
        while (true)
        {
            string page = new HtmlReport(RowShares.Cut(facts, rows, out isCut)).Write();
            if (rows == 0 || Encoding.UTF8.GetByteCount(page) < MostBytes)
            {
                return page;
            }

            // Long values: it tells of fewer records, and their file has all the same.
            rows /= 2;
        }
    }

    private string Write()
    {
        string style = Style();
        Add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{Digest(style)}'; base-uri 'none'; form-action 'none'\">\n");
        Add($"<meta name=\"generator\" content=\"{Generator}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        Add("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n");
        Add($"<title>{Text(_facts.Verdict.Word)} - provisioning of {Text(_facts.Subject)}</title>\n<style>{style}</style>\n</head>\n<body>\n");
        Header();
        Add("<main>\n");
        Verdict();
        Safeguards();
        Changes();
        Outcomes();
        Failures();
        KeptBack();
        Findings();
        Attributes();
        Quota();
        Nights();
        Add("</main>\n");
        Footer();
        Add("</body>\n</html>\n");
        return _page.ToString();
    }

    private static string Style()
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("InboundProvisioning.Reports.Report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    private static string Digest(string style)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(style);
#if NET8_0_OR_GREATER
        return Convert.ToBase64String(SHA256.HashData(bytes));
#else
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(bytes));
#endif
    }

    private static string Text(string? text) => HtmlText.Of(text);

    // A parameter or a cmdlet that is torn at its hyphen would look like two words.
    private static string Sentence(string text) => Regex.Replace(Text(text), "(?<![\\w-])(?:-|[A-Z][a-z]+-)[A-Z][A-Za-z]+", static name => $"<span class=\"whole\">{name.Value}</span>", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static string Figure(long number) => ReportText.Number(number);

    private void Header()
    {
        Add("<header>\n<p><strong>Provisioning report</strong></p>\n");
        var parts = new List<string> { HtmlText.Value(_facts.Subject) };
        if (_facts.Run is { } run)
        {
            parts.Add(run.RunId == 0 ? "a run that did not begin" : "run " + Figure(run.RunId));
            parts.Add(Moment(run.StartedOn));
            parts.Add("took " + ReportText.Duration(run.Duration));
            parts.Add("exit code " + run.ExitCode.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            parts.Add(Moment(_facts.CreatedOn));
        }

        Add($"<p>{string.Join(" \u00b7 ", parts)}</p>\n</header>\n");
    }

    private void Verdict()
    {
        ReportVerdict verdict = _facts.Verdict;
        string sign = verdict.Level switch
        {
            ReportLevel.Good => "<path d=\"M7 12.5l3.5 3.5L17.5 8.5\"/>",
            ReportLevel.Attention => "<path d=\"M12 6.5v7M12 16.4v1\"/>",
            _ => "<path d=\"M8 8l8 8M16 8l-8 8\"/>",
        };
        Add($"<section class=\"verdict {LevelName(verdict.Level)}\" aria-labelledby=\"verdict\">\n");
        Add($"<h1 id=\"verdict\"><svg class=\"sign\" aria-hidden=\"true\" width=\"28\" height=\"28\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.2\" stroke-linecap=\"round\"><circle cx=\"12\" cy=\"12\" r=\"10\"/>{sign}</svg>{Text(verdict.Word)}</h1>\n");
        Add($"<p class=\"lead\">{Sentence(verdict.Sentence)}</p>\n");
        if (verdict.Steps.Count > 0)
        {
            Add("<h2>What to do</h2>\n<ul>\n");
            foreach (ReportStep step in verdict.Steps)
            {
                Add($"<li>{Sentence(step.Text)}{Command(step.Command)}</li>\n");
            }

            Add("</ul>\n");
        }

        Add("</section>\n");
        Navigation();
    }

    private void Navigation()
    {
        var parts = new List<(string Id, string Name, bool IsThere)>
        {
            ("safeguards", "Safeguards", HasSafeguards),
            ("changes", "Changes", _facts.Changes is not null),
            ("outcome", "Outcome", _facts.Outcomes.Count > 0),
            ("failures", "Failures", HasFailurePart),
            ("records", "Rejected and held back", HasKeptBackPart),
            ("findings", "Findings", _facts.Findings.Count > 0),
            ("attributes", "Attributes", _facts.Attributes.Count > 0),
            ("quota", "Calls", _facts.Quota is not null),
            ("runs", "Last runs", _facts.Nights.Count > 0),
        };
        Add("<nav aria-label=\"Parts of the report\">\n<ul>\n");
        foreach ((string id, string name, _) in parts.Where(static part => part.IsThere))
        {
            Add($"<li><a href=\"#{id}\">{name}</a></li>\n");
        }

        Add("</ul>\n</nav>\n");
    }

    private bool HasSafeguards => _facts.Safeguards.Count + _facts.Stops.Count > 0;

    private bool HasFailurePart => _facts.Failures.Count > 0 || _facts.Outcomes.Count > 0;

    private bool HasKeptBackPart => _facts.Changes is not null || _facts.Rejected.Count + _facts.HeldBack.Count > 0;

    private void Safeguards()
    {
        if (!HasSafeguards)
        {
            return;
        }

        Open("safeguards", "Safeguards");
        if (_facts.Safeguards.Count > 0)
        {
            int stopped = _facts.Safeguards.Count(static one => one.HasStopped);
            string about = stopped == 0
                ? "All limits were kept. The line is the limit."
                : $"{ReportText.Count(stopped, "limit was", "limits were")} passed. The line is the limit.";
            Add($"<p class=\"about\">{about}</p>\n");
            Add(Chart.OfBars("c-safeguards", "Safeguards", about, [.. _facts.Safeguards.Select(Bar)], hasLimit: true));
            Figures(ReportTable.OfSafeguards(_facts.Safeguards));
        }

        foreach (ReportStop stop in _facts.Stops)
        {
            Add($"<div class=\"group\">\n<h3>{Text(stop.Name)}</h3>\n<p>{Sentence(stop.Reason)}{(stop.Since is DateTimeOffset since ? " It has been so since " + ReportText.Time(since) + "." : string.Empty)}</p>\n");
            if (stop.ExternalIds.Count > 0)
            {
                string more = stop.Count > stop.ExternalIds.Count ? $" and {Figure(stop.Count - stop.ExternalIds.Count)} more" : string.Empty;
                Add($"<p>People: {string.Join(", ", stop.ExternalIds.Select(HtmlText.Value))}{more}.</p>\n");
            }

            if (stop.Remedy is not null)
            {
                Add($"<p>{Sentence(stop.Remedy)}</p>\n");
            }

            Add("</div>\n");
        }

        Close();
    }

    private static ChartBar Bar(ReportSafeguard one)
    {
        double share = one.Allowed switch
        {
            null => 0,
            0 => one.Count > 0 ? 1 : 0,
            long allowed => Math.Min(1, Chart.LimitShare * one.Count / allowed),
        };
        string state = one.HasStopped ? ", stopped" : one.IsApproved ? ", approved" : string.Empty;
        string label = one.Attribute is null ? one.Subject : $"{one.Subject}: {ReportText.ShortName(one.Attribute, 16)}";
        return new ChartBar(
            label,
            one.Allowed is long limit ? $"{Figure(one.Count)} of {Figure(limit)}{state}" : $"{Figure(one.Count)}, no limit",
            [new BarSegment(share, one.HasStopped ? ChartFill.Bad : one.IsApproved ? ChartFill.Open : ChartFill.Plain)]);
    }

    private void Changes()
    {
        if (_facts.Changes is not { } changes)
        {
            return;
        }

        Open("changes", "Changes");
        if (_facts.Records is { } records)
        {
            Add("<dl>\n");
            foreach (ReportCount count in records)
            {
                Add($"<div><dt>{Text(count.Kind)}</dt><dd>{Figure(count.Count)}</dd></div>\n");
            }

            Add("</dl>\n");
        }

        ReportCount[] shown = [.. changes.Where(static one => one.Count > 0)];
        if (shown.Length == 0)
        {
            Add("<p>Nobody is new, changed or missing.</p>\n");
        }
        else
        {
            ReportCount most = shown.OrderByDescending(static one => one.Count).First();
            Add(Chart.OfBars(
                "c-changes",
                "People by kind of change",
                $"Most are {most.Kind.ToLowerInvariant()}: {Figure(most.Count)}.",
                [.. shown.Select(one => new ChartBar(one.Kind, Figure(one.Count), [new BarSegment((double)one.Count / most.Count, ChartFill.Plain)]))]));
        }

        Figures(ReportTable.OfCounts("People by kind of change", "Kind of change", [.. changes, .. _facts.Records ?? []]));
        Close();
    }

    private void Outcomes()
    {
        if (_facts.Outcomes.Count == 0)
        {
            return;
        }

        Open("outcome", "Outcome in the service");
        long all = _facts.Outcomes.Sum(static one => one.Total);
        long open = _facts.Outcomes.Sum(static one => one.Open);
        long failed = _facts.Outcomes.Sum(static one => one.Failed);
        string since = _facts.OutcomesSince is DateTimeOffset time ? $" What is told since {ReportText.Time(time)}." : string.Empty;
        string later = open == 0 ? string.Empty : $" Of {Figure(open)} it is not known yet: the provisioning logs lag behind by 5 to 10 minutes and more.";
        string fate = failed == 0 ? "nobody has failed" : $"{Figure(failed)} failed";
        Add($"<p class=\"about\">Of {ReportText.Count(all, "person", "people")} {fate}.{later}{since}</p>\n");
        long most = Math.Max(1, _facts.Outcomes.Max(static one => one.Total));
        Add(Chart.OfBars(
            "c-outcome",
            "Outcome by action",
            $"{Figure(failed)} of {Figure(all)} failed.",
            [
                .. _facts.Outcomes.Select(one => new ChartBar(
                    VisibleText.Of(one.Action, 30),
                    one.Failed == 0 ? Figure(one.Total) : $"{Figure(one.Total)}, {Figure(one.Failed)} failed",
                    [
                        new BarSegment((double)one.Succeeded / most, ChartFill.Plain), new BarSegment((double)one.Open / most, ChartFill.Open),
                        new BarSegment((double)one.Skipped / most, ChartFill.Skipped), new BarSegment((double)one.Failed / most, ChartFill.Bad),
                    ])),
            ],
            legend: [(ChartFill.Plain, "done"), (ChartFill.Open, "not yet"), (ChartFill.Skipped, "skipped"), (ChartFill.Bad, "failed")]));
        Figures(ReportTable.OfOutcomes(_facts.Outcomes));
        Close();
    }

    private void Failures()
    {
        if (!HasFailurePart)
        {
            return;
        }

        Open("failures", "Failures");
        if (_facts.Failures.Count == 0)
        {
            Add("<p>Nobody has failed.</p>\n");
        }

        Groups(_facts.Failures, "person", "people");
        Close();
    }

    private void KeptBack()
    {
        if (!HasKeptBackPart)
        {
            return;
        }

        Open("records", "Rejected and held back");
        if (_facts.Rejected.Count + _facts.HeldBack.Count == 0)
        {
            Add("<p>No row was rejected, and no record was refused or held back.</p>\n");
        }

        Groups(_facts.Rejected, "row", "rows");
        Groups(_facts.HeldBack, "record", "records");
        Close();
    }

    private void Findings()
    {
        if (_facts.Findings.Count == 0)
        {
            return;
        }

        Open("findings", "Findings");
        Add("<p class=\"about\">What the check found of records that were sent all the same.</p>\n");
        Groups(_facts.Findings, "record", "records");
        Close();
    }

    private void Groups(IReadOnlyList<ReportGroup> groups, string one, string many)
    {
        foreach (ReportGroup group in groups)
        {
            Group(group, ReportText.Count(group.Count, one, many));
        }
    }

    private void Group(ReportGroup group, string count)
    {
        string name = group.Attribute is null ? HtmlText.Value(group.Name) : $"{HtmlText.Value(group.Name)} ({HtmlText.Value(group.Attribute)})";
        Add($"<div class=\"group\">\n<h3><span>{name}</span> <span class=\"many\">{count}</span></h3>\n");
        foreach (string? text in new[] { group.Cause, group.Remedy })
        {
            if (text is not null)
            {
                Add($"<p>{Sentence(text)}</p>\n");
            }
        }

        if (group.Records.Count > 0)
        {
            string caption = group.Records.Count == group.Count
                ? "All of them"
                : $"The first {Figure(group.Records.Count)} of {Figure(group.Count)}{(_facts.RecordsFile is null ? string.Empty : "; more are in " + _facts.RecordsFile)}";
            Add($"<details{(group.Count <= 10 ? " open" : string.Empty)}>\n<summary>Who it is<span class=\"hidden\"> ({name})</span></summary>\n");
            var table = ReportTable.OfRecords(caption, group.Records);
            if (table.Columns.Count > 1)
            {
                Table(table);
            }
            else
            {
                // Nothing but who it is: a table would be a column of ids.
                Add($"<p>{string.Join(", ", table.Rows.Select(static row => HtmlText.Value(row[0])))}</p>\n");
            }

            Add("</details>\n");
        }

        Add("</div>\n");
    }

    private void Attributes()
    {
        if (_facts.Attributes.Count == 0)
        {
            return;
        }

        Open("attributes", "Attributes that changed");
        ReportAttribute[] shown = [.. _facts.Attributes.Take(MostAttributeBars)];
        long most = Math.Max(1, shown[0].Changed);
        string about = _facts.Run is null ? "As the service has written them." : "Of people who were known before.";
        Add($"<p class=\"about\">{about} Slanted is where a value became empty.</p>\n");
        Add(Chart.OfBars(
            "c-attributes",
            "Attributes by the number of people for whom they changed",
            $"{ReportText.ShortName(shown[0].Attribute, 60)} changed for most people: {Figure(shown[0].Changed)}.",
            [
                .. shown.Select(one => new ChartBar(
                    VisibleText.Of(ReportText.ShortName(one.Attribute, 24)),
                    one.Cleared == 0 ? Figure(one.Changed) : $"{Figure(one.Changed)}, {Figure(one.Cleared)} emptied",
                    [new BarSegment((double)(one.Changed - one.Cleared) / most, ChartFill.Plain), new BarSegment((double)one.Cleared / most, ChartFill.Bad)])),
            ]));
        Figures(ReportTable.OfAttributes(_facts.Attributes, MostAttributes));
        if (_facts.Values.Count > 0)
        {
            Add("<details>\n<summary>Old and new values</summary>\n");
            Table(ReportTable.OfValues([.. _facts.Values.Take(MostValues)]));
            Add("</details>\n");
        }

        Close();
    }

    private void Quota()
    {
        if (_facts.Quota is not { } quota)
        {
            return;
        }

        Open("quota", "Calls of the day");
        string about = $"{Figure(quota.Left)} of {Figure(quota.Limit)} calls were left at the end of the run.";
        Add($"<p class=\"about\">{about} Each takes up to 50 records. What other programs send is not known here.</p>\n");
        double limit = Math.Max(1, Math.Max(quota.Limit, quota.Calls + quota.Earlier));
        Add(Chart.OfBars(
            "c-quota",
            "Calls within 24 hours",
            about,
            [new ChartBar("Calls within 24 hours", $"{Figure(quota.Calls + quota.Earlier)} of {Figure(quota.Limit)}", [new BarSegment(quota.Calls / limit, ChartFill.Plain), new BarSegment(quota.Earlier / limit, ChartFill.Skipped)])],
            legend: [(ChartFill.Plain, "this run"), (ChartFill.Skipped, "earlier runs")]));
        Figures(ReportTable.OfQuota(quota));
        Close();
    }

    private void Nights()
    {
        if (_facts.Nights.Count == 0)
        {
            return;
        }

        Open("runs", _facts.Nights.Count == 1 ? "The first run" : $"The last {_facts.Nights.Count} runs");
        Add("<p class=\"about\">Records that the service took in each run, and how it ended.</p>\n");
        int good = _facts.Nights.Count(static night => night.ExitCode is 0 or 4);
        Add(Chart.OfNights("c-runs", "Records accepted in each of the last runs", $"{good} of {_facts.Nights.Count} runs were done without a stop or a fault.", _facts.Nights));
        Figures(ReportTable.OfNights(_facts.Nights));
        Close();
    }

    private void Footer()
    {
        Add($"<footer>\n<p>Made at {Moment(_facts.CreatedOn)} by InboundProvisioning, with {Sentence("-ReportDetail")} {_facts.Detail}: {DetailWords(_facts.Detail)}</p>\n");
        if (_facts.RecordsFile is not null)
        {
            Add($"<p>All records are in {HtmlText.Value(_facts.RecordsFile)}, beside this file. A value there that a spreadsheet could take for a formula has an apostrophe before it.</p>\n");
        }

        Add("</footer>\n");
    }

    internal static string DetailWords(ReportDetail detail) => detail switch
    {
        ReportDetail.Summary => "numbers alone, nobody is named.",
        ReportDetail.Records => "ids of people and names of attributes, no values.",
        _ => "values too. Keep it as you keep the HR file.",
    };

    private static string LevelName(ReportLevel level) => level switch
    {
        ReportLevel.Good => "good",
        ReportLevel.Attention => "attention",
        _ => "bad",
    };

    private static string Moment(DateTimeOffset time) => $"<time datetime=\"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{ReportText.Time(time)}</time>";

    private static string Command(string? command) => command is null
        ? string.Empty
        : $"<pre><code>{string.Join(" ", command.Split(' ').Select(static word => $"<span>{Text(word)}</span>"))}</code></pre>";

    private void Open(string id, string name) => Add($"<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{name}</h2>\n");

    private void Close() => Add("</section>\n");

    private void Figures(ReportTable table)
    {
        Add($"<details>\n<summary>Figures<span class=\"hidden\">: {Text(table.Caption)}</span></summary>\n");
        Table(table);
        Add("</details>\n");
    }

    private void Table(ReportTable table)
    {
        Add($"<table>\n<caption>{Text(table.Caption)}</caption>\n<thead><tr>");
        foreach (ReportColumn column in table.Columns)
        {
            Add($"<th scope=\"col\"{Class(column)}>{Text(column.Header)}</th>");
        }

        Add("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            Add("<tr>");
            for (int place = 0; place < row.Count; place++)
            {
                ReportColumn column = table.Columns[place];
                string cell = column.IsValue ? HtmlText.Value(row[place]) : Text(row[place]);
                Add(place == 0 ? $"<th scope=\"row\"{Class(column)}>{cell}</th>" : $"<td{Class(column)}>{cell}</td>");
            }

            Add("</tr>\n");
        }

        Add("</tbody>\n</table>\n");
    }

    private static string Class(ReportColumn column) => (column.IsNumber, column.IsWide) switch
    {
        (true, true) => " class=\"n wide\"",
        (true, false) => " class=\"n\"",
        (false, true) => " class=\"wide\"",
        _ => string.Empty,
    };

    private void Add(string text) => _page.Append(text);
}
