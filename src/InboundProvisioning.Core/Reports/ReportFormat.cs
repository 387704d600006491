namespace InboundProvisioning.Reports;

/// <summary>What a report is written as.</summary>
public enum ReportFormat
{
    /// <summary>One HTML file that needs nothing else.</summary>
    Html,

    /// <summary>Markdown, for job summaries and tickets.</summary>
    Markdown,

    /// <summary>JSON, for programs.</summary>
    Json,
}
