namespace InboundProvisioning.Reports;

/// <summary>So many of a kind.</summary>
/// <param name="Kind">What is counted, in words.</param>
/// <param name="Count">How many.</param>
public sealed record ReportCount(string Kind, long Count);
