using System;
using System.Collections.Generic;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync.Safeguards;

/// <summary>Why a run does not send what it would send.</summary>
public sealed record SafeguardStop
{
    /// <summary>What stopped it: a limit such as <c>DisableLimit</c>, of one attribute <c>ClearLimit:title</c>, or another reason.</summary>
    public required string Name { get; init; }

    /// <summary>The stable id of its error.</summary>
    public required string ErrorId { get; init; }

    /// <summary>What is wrong and by how much, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>How many there are.</summary>
    public long Count { get; init; }

    /// <summary>How many may be.</summary>
    public long? Allowed { get; init; }

    /// <summary>The people last accepted, of which the limit is a part.</summary>
    public long? Base { get; init; }

    /// <summary>The first ten people concerned.</summary>
    public IReadOnlyList<string> ExternalIds { get; init; } = [];

    /// <summary>The attributes that change for most of the people, with how many.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Since when it has been so, run after run.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether the last run was stopped by it too, about the same people and changes or more: nothing of it is news.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether it can be approved; a fault of the source can only be mended.</summary>
    public bool CanBeApproved { get; init; } = true;

    /// <summary>What to do about it, where it is not approved.</summary>
    public string? Remedy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>What a plan keeps of it to see later whether an approval covers it.</summary>
    internal HashSet<long> Concerns { get; init; } = [];

    /// <summary>Whether an approved number covers a smaller one, where no person is concerned.</summary>
    internal bool IsAmount { get; init; }

    /// <summary>The kinds of change that are held back with <c>-LimitAction Hold</c>; null where the whole run is.</summary>
    internal IReadOnlyList<ChangeKind>? Kinds { get; init; }

    /// <summary>The people who are held back with <c>-LimitAction Hold</c>.</summary>
    internal HashSet<long>? People { get; init; }
}
