namespace InboundProvisioning.Reports;

/// <summary>For how many people an attribute changed.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Changed">For how many.</param>
/// <param name="Cleared">For how many of them it became empty.</param>
public sealed record ReportAttribute(string Attribute, long Changed, long Cleared);
