namespace InboundProvisioning.Reports;

/// <summary>A value that changed.</summary>
/// <param name="ExternalId">Whose.</param>
/// <param name="Kind">What kind of change it is part of.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="OldValue">What it was, or null.</param>
/// <param name="NewValue">What it is, or null.</param>
public sealed record ReportChange(string ExternalId, string Kind, string Attribute, string? OldValue, string? NewValue);
