namespace InboundProvisioning.Reports;

/// <summary>What to do next.</summary>
/// <param name="Text">In words.</param>
/// <param name="Command">The command for it; null where there is none.</param>
public sealed record ReportStep(string Text, string? Command = null);
