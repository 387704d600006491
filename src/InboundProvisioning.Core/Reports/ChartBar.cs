using System.Collections.Generic;

namespace InboundProvisioning.Reports;

/// <summary>A bar of a chart.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Value">Its figure in words.</param>
/// <param name="Segments">Its parts, from the left.</param>
internal sealed record ChartBar(string Label, string Value, IReadOnlyList<BarSegment> Segments);
