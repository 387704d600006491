namespace InboundProvisioning.Reports;

/// <summary>A part of a bar.</summary>
/// <param name="Share">Of the whole width, from 0 to 1.</param>
/// <param name="Fill">How it is filled: each with a pattern of its own.</param>
internal readonly record struct BarSegment(double Share, ChartFill Fill);
