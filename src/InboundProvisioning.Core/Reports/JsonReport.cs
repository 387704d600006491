using System.Text.Json;

namespace InboundProvisioning.Reports;

/// <summary>Writes a report as JSON, for programs.</summary>
public static class JsonReport
{
    /// <summary>The value of the first property.</summary>
    public const string Format = "InboundProvisioning report 1";

    /// <summary>Writes it.</summary>
    /// <param name="facts">The report.</param>
    /// <param name="isCut">Whether it holds fewer records than there are.</param>
    public static string Write(ReportFacts facts, out bool isCut) =>
        JsonSerializer.Serialize(RowShares.Cut(facts, HtmlReport.MostRows, out isCut), ReportJson.Default.ReportFacts) + "\n";
}
