using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace InboundProvisioning.Reports;

/// <summary>
/// Draws SVG that lies within the page. Widths are in percent and heights in pixels, without a viewBox: so texts keep their size from a
/// phone to a wide screen. Colours come from the style sheet of the page.
/// </summary>
internal sealed class Chart
{
    /// <summary>Where the line of a limit stands: what is beyond it has room too.</summary>
    public const double LimitShare = 0.7;

    private const int RowHeight = 42;
    private const int MostNights = 30;

    private readonly StringBuilder _svg = new();
    private readonly string _id;

    private Chart(string id, int height, string title, string description)
    {
        _id = id;
        Add($"<svg class=\"chart\" role=\"img\" width=\"100%\" height=\"{height}\" aria-labelledby=\"{id}-t {id}-d\">");
        Add($"<title id=\"{id}-t\">{HtmlText.Of(title)}</title><desc id=\"{id}-d\">{HtmlText.Of(description)}</desc><defs>");
        foreach (ChartFill fill in new[] { ChartFill.Open, ChartFill.Skipped, ChartFill.Bad })
        {
            AddPattern(fill);
        }

        Add("</defs>");
    }

    /// <summary>Bars, one below the other, each with its text above it.</summary>
    /// <param name="id">What no other chart of the page has.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What is to be seen, in a sentence.</param>
    /// <param name="bars">The bars.</param>
    /// <param name="hasLimit">Whether a line stands where the limits are.</param>
    /// <param name="legend">What the fills mean; none for a chart of one fill.</param>
    public static string OfBars(string id, string title, string description, IReadOnlyList<ChartBar> bars, bool hasLimit = false, IReadOnlyList<(ChartFill Fill, string Text)>? legend = null)
    {
        var chart = new Chart(id, (bars.Count * RowHeight) + (legend is null ? 0 : 26), title, description);
        for (int row = 0; row < bars.Count; row++)
        {
            chart.AddBar(bars[row], row * RowHeight, hasLimit);
        }

        if (legend is not null)
        {
            chart.AddLegend(legend, (bars.Count * RowHeight) + 14);
        }

        return chart.End();
    }

    /// <summary>A column for each of the last runs, and below it a mark that says how it ended.</summary>
    /// <param name="id">What no other chart of the page has.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What is to be seen, in a sentence.</param>
    /// <param name="nights">The runs, the oldest first; at most 30.</param>
    public static string OfNights(string id, string title, string description, IReadOnlyList<ReportNight> nights)
    {
        const int Top = 18;
        const int Floor = 108;
        var chart = new Chart(id, 178, title, description);
        long most = Math.Max(1, nights.Max(static night => night.Accepted));
        double slot = 1d / Math.Max(12, Math.Min(MostNights, nights.Count));
        chart.Add($"<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{Top}\" y2=\"{Top}\"/><line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{Floor}\" y2=\"{Floor}\"/>");
        chart.AddText(0, Top - 6, "note", ReportText.Count(most, "record", "records"));
        for (int place = 0; place < nights.Count; place++)
        {
            ReportNight night = nights[place];
            double x = place * slot;
            double height = night.Accepted == 0 ? 0 : Math.Max(2, (Floor - Top) * (double)night.Accepted / most);
            chart.Add($"<rect x=\"{Percent(x + (slot * 0.15))}\" y=\"{Pixels(Floor - height)}\" width=\"{Percent(slot * 0.7)}\" height=\"{Pixels(height)}\"{chart.Fill(FillOf(night))}/>");
            chart.AddMark(x + (slot * 0.5), Floor + 14, night);
        }

        chart.AddText(0, Floor + 38, "note", ReportText.Day(nights[0].StartedOn));
        if (nights.Count > 6)
        {
            double end = nights.Count * slot;
            chart.Add($"<text class=\"note\" x=\"{Percent(end)}\" y=\"{Floor + 38}\" text-anchor=\"end\">{ReportText.Day(nights[nights.Count - 1].StartedOn)}</text>");
        }

        foreach ((int code, string words, double at) in new[] { (0, "done", 0), (3, "incomplete", 0.2), (2, "stopped", 0.52), (1, "failed", 0.78) })
        {
            chart.AddShape(Percent(at), 6, Floor + 60, code);
            chart.Add($"<text class=\"note\" x=\"{Percent(at)}\" dx=\"16\" y=\"{Floor + 64}\">{words}</text>");
        }

        return chart.End();
    }

    private static ChartFill FillOf(ReportNight night) => night.ExitCode switch
    {
        1 or 2 => ChartFill.Bad,
        3 => ChartFill.Open,
        _ => ChartFill.Plain,
    };

    private static string Name(ChartFill fill) => fill switch
    {
        ChartFill.Open => "open",
        ChartFill.Skipped => "skipped",
        ChartFill.Bad => "bad",
        _ => "plain",
    };

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Pixels(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private void AddPattern(ChartFill fill)
    {
        string name = Name(fill);
        string size = fill == ChartFill.Bad ? "6" : "5";
        string turn = fill == ChartFill.Bad ? " patternTransform=\"rotate(45)\"" : string.Empty;
        string figure = fill switch
        {
            ChartFill.Open => "<circle class=\"ink\" cx=\"2.5\" cy=\"2.5\" r=\"1.4\"/>",
            ChartFill.Skipped => "<rect class=\"ink\" width=\"1.5\" height=\"5\"/>",
            _ => "<rect class=\"ink\" width=\"2.5\" height=\"6\"/>",
        };
        Add($"<pattern id=\"{_id}-{name}\" class=\"{name}\" width=\"{size}\" height=\"{size}\" patternUnits=\"userSpaceOnUse\"{turn}><rect class=\"paper\" width=\"6\" height=\"6\"/>{figure}</pattern>");
    }

    private void AddBar(ChartBar bar, int top, bool hasLimit)
    {
        AddText(0, top + 14, "label", bar.Label);
        Add($"<text class=\"figure\" x=\"100%\" y=\"{top + 14}\" text-anchor=\"end\">{HtmlText.Of(bar.Value)}</text>");
        Add($"<rect class=\"track\" x=\"0\" y=\"{top + 21}\" width=\"100%\" height=\"10\"/>");
        double x = 0;
        foreach (BarSegment segment in bar.Segments.Where(static segment => segment.Share > 0))
        {
            // What is there at all is seen.
            double width = Math.Max(segment.Share, 0.004);
            Add($"<rect x=\"{Percent(x)}\" y=\"{top + 21}\" width=\"{Percent(width)}\" height=\"10\"{Fill(segment.Fill)}/>");
            x += width;
        }

        if (hasLimit)
        {
            Add($"<line class=\"limit\" x1=\"{Percent(LimitShare)}\" x2=\"{Percent(LimitShare)}\" y1=\"{top + 17}\" y2=\"{top + 35}\"/>");
        }
    }

    private void AddLegend(IReadOnlyList<(ChartFill Fill, string Text)> legend, int y)
    {
        for (int place = 0; place < legend.Count; place++)
        {
            double x = (double)place / legend.Count;
            Add($"<rect x=\"{Percent(x)}\" y=\"{y - 9}\" width=\"11\" height=\"11\"{Fill(legend[place].Fill)}/>");
            Add($"<text class=\"note\" x=\"{Percent(x)}\" dx=\"17\" y=\"{y}\">{HtmlText.Of(legend[place].Text)}</text>");
        }
    }

    private void AddMark(double x, int y, ReportNight night) => AddShape(Percent(x), 0, y, night.ExitCode);

    // A circle, a triangle, a square and a cross: one for each way in which a run ends.
    private void AddShape(string x, int dx, int y, int exitCode)
    {
        string shape = exitCode switch
        {
            1 => $"<path class=\"mark bad\" d=\"M{dx - 4} -4l8 8m0 -8l-8 8\"/>",
            2 => $"<rect class=\"mark bad\" x=\"{dx - 4}\" y=\"-4\" width=\"8\" height=\"8\"/>",
            3 => $"<path class=\"mark open\" d=\"M{dx - 5} 4l5 -9l5 9z\"/>",
            _ => $"<circle class=\"mark plain\" cx=\"{dx}\" cy=\"0\" r=\"3.5\"/>",
        };
        Add($"<svg x=\"{x}\" y=\"{y}\" overflow=\"visible\">{shape}</svg>");
    }

    private void AddText(int x, int y, string style, string text) => Add($"<text class=\"{style}\" x=\"{x}\" y=\"{y}\">{HtmlText.Of(text)}</text>");

    private string Fill(ChartFill fill) => fill == ChartFill.Plain ? " class=\"plain\"" : $" fill=\"url(#{_id}-{Name(fill)})\"";

    private string End()
    {
        Add("</svg>");
        return _svg.ToString();
    }

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private void Add(string text) => _svg.Append(text);
}
