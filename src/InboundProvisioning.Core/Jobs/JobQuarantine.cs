using System;
using System.Globalization;

namespace InboundProvisioning.Jobs;

/// <summary>
/// Why a job is in quarantine, where it runs once a day at most:
/// https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationquarantine.
/// </summary>
public sealed record JobQuarantine
{
    /// <summary>The reason, such as <c>EncounteredQuarantineException</c> or <c>TooManyDeletes</c>, or what the service may add.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Since when the job has been in and out of quarantine.</summary>
    public DateTimeOffset? SeriesSince { get; init; }

    /// <summary>How often it was, in this series.</summary>
    public long SeriesCount { get; init; }

    /// <summary>When the service tries it again; it ends the quarantine when that succeeds.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>The error behind it, or null.</summary>
    public SynchronizationFault? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}{1} since {2:u}, next attempt {3:u}", Reason ?? "unknown reason", Error is null ? string.Empty : $" ({Error})", Since, NextAttempt);
}
