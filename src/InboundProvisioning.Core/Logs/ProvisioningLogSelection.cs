using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Logs;

/// <summary>Which events of a job are wanted. Without cycles and times: all that the service keeps.</summary>
public sealed record ProvisioningLogSelection
{
    /// <summary>The newest so many cycles, or null.</summary>
    public int? Last { get; init; }

    /// <summary>The ids of cycles; empty: any.</summary>
    public IReadOnlyCollection<string> CycleIds { get; init; } = [];

    /// <summary>The earliest time, itself among what is wanted; or null.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest time, itself among what is wanted; or null.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The externalIds of records, case sensitive as in the service; empty: any.</summary>
    public IReadOnlyCollection<string> SourceIds { get; init; } = [];

    /// <summary>The statuses of events (<see cref="LogTerms.Statuses"/> or others); empty: any.</summary>
    public IReadOnlyCollection<string> Statuses { get; init; } = [];

    /// <summary>The actions of events (<see cref="LogTerms.Actions"/> or others); empty: any.</summary>
    public IReadOnlyCollection<string> Actions { get; init; } = [];

    /// <summary>Events a page. Default 999.</summary>
    public int PageSize { get; init; } = 999;

    /// <summary>Whether an event has one of the statuses and actions.</summary>
    public bool HasTerms(ProvisioningEvent item) => IsAmong(item.Status, Statuses) && IsAmong(item.Action, Actions);

    /// <summary>The one status that the service itself can filter by, or null.</summary>
    internal string? ServerStatus => Only(Statuses, LogTerms.Statuses);

    /// <summary>
    /// The one action that the service itself can filter by, or null. Its filters are case sensitive, and Microsoft's pages spell
    /// stagedDelete in two ways.
    /// </summary>
    internal string? ServerAction => Only(Actions, LogTerms.Actions) is string action && action != "stagedDelete" ? action : null;

    private static bool IsAmong(string? term, IReadOnlyCollection<string> wanted) =>
        wanted.Count == 0 || wanted.Any(one => LogTerms.Same(one, term));

    private static string? Only(IReadOnlyCollection<string> wanted, IReadOnlyList<string> known) =>
        wanted.Count == 1 ? known.FirstOrDefault(term => LogTerms.Same(term, wanted.First())) : null;
}
