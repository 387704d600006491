namespace InboundProvisioning.Reports;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its header.</param>
/// <param name="IsNumber">Whether it holds numbers.</param>
/// <param name="IsValue">Whether it holds what somebody else has written.</param>
/// <param name="IsWide">Whether a narrow screen does without it.</param>
internal sealed record ReportColumn(string Header, bool IsNumber = false, bool IsValue = false, bool IsWide = false);
