using System;
using System.Globalization;

namespace InboundProvisioning.Jobs;

/// <summary>How far a cycle has come: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationprogress.</summary>
/// <param name="Completed">What is done.</param>
/// <param name="Total">What there is to do.</param>
/// <param name="Units">What is counted.</param>
/// <param name="ObservedOn">When that was so.</param>
public sealed record JobProgress(long Completed, long Total, string? Units, DateTimeOffset? ObservedOn)
{
    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} of {1} {2}", Completed, Total, Units);
}
