using System;

namespace InboundProvisioning.State;

/// <summary>A run.</summary>
internal sealed record RunRecord
{
    /// <summary>The status of a run that was killed or still goes on.</summary>
    public const string Unfinished = "Unfinished";

    /// <summary>Its number; 0 while it is none of a state.</summary>
    public long Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedOn { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedOn { get; init; }

    /// <summary>Whether it came to its end; else <see cref="EndedOn"/> and <see cref="Result"/> say nothing.</summary>
    public bool IsFinished => Status != Unfinished;

    /// <summary>How.</summary>
    public required string Status { get; init; }

    /// <summary>Its plan, or null.</summary>
    public string? Plan { get; init; }

    /// <summary>Its result, as JSON.</summary>
    public required string Result { get; init; }

    /// <summary>A fingerprint of all records of the source, in any order; null where they did not count.</summary>
    public string? Source { get; init; }

    /// <summary>When the source was written; null for objects.</summary>
    public DateTimeOffset? SourceWrittenOn { get; init; }

    /// <summary>The rows of the source, where they counted.</summary>
    public long? Rows { get; init; }
}
