namespace InboundProvisioning.Reports;

/// <summary>The calls of a day.</summary>
/// <param name="Calls">What this run made.</param>
/// <param name="Earlier">What runs before it made within 24 hours.</param>
/// <param name="Limit">How many there are.</param>
/// <param name="Left">How many were left at the end of the run.</param>
public sealed record ReportQuota(int Calls, int Earlier, int Limit, int Left);
