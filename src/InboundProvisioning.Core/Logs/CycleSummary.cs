using System;

namespace InboundProvisioning.Logs;

/// <summary>What one cycle of a job did, in figures. Those of actions and statuses count events, as CSV2SCIM does.</summary>
public sealed record CycleSummary
{
    /// <summary>The cycle, or null for events without one.</summary>
    public string? CycleId { get; init; }

    /// <summary>The job.</summary>
    public string? JobId { get; init; }

    /// <summary>The time of the first event.</summary>
    public DateTimeOffset? Start { get; internal set; }

    /// <summary>The time of the last event.</summary>
    public DateTimeOffset? End { get; internal set; }

    /// <summary>Different records (externalIds).</summary>
    public int Users { get; internal set; }

    /// <summary>Different changes.</summary>
    public int Changes { get; internal set; }

    /// <summary>Events.</summary>
    public long Events { get; internal set; }

    /// <summary>Events of the action create.</summary>
    public StatusCounts Create { get; } = new();

    /// <summary>Events of the action update.</summary>
    public StatusCounts Update { get; } = new();

    /// <summary>Events of the action disable.</summary>
    public StatusCounts Disable { get; } = new();

    /// <summary>Events of the action delete.</summary>
    public StatusCounts Delete { get; } = new();

    /// <summary>Events of the action stagedDelete.</summary>
    public StatusCounts StagedDelete { get; } = new();

    /// <summary>Events of any other action.</summary>
    public StatusCounts Other { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => $"Cycle {CycleId}: {Users} users, {Changes} changes";

    internal StatusCounts Of(string? action) => action?.ToLowerInvariant() switch
    {
        "create" => Create,
        "update" => Update,
        "disable" => Disable,
        "delete" => Delete,
        "stageddelete" => StagedDelete,
        _ => Other,
    };
}
