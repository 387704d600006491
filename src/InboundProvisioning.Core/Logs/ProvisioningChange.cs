using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace InboundProvisioning.Logs;

/// <summary>What happened to one object in one cycle: the events of the logs that share a changeId, taken together.</summary>
public sealed record ProvisioningChange
{
    // The worst first. What is not known stands between a warning and a success.
    private static readonly string[] ByWeight = ["failure", "warning", "", "success", "skipped"];

    // What says most first: an account that is created and then gets its manager was created.
    private static readonly string[] ByMeaning = ["create", "delete", "stagedDelete", "disable", "update", "", "other"];

    /// <summary>The id that the events share; null for an event that has none.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The externalId of the record.</summary>
    public string? SourceId { get; init; }

    /// <summary>The id of the account; null or empty where there is none yet.</summary>
    public string? TargetId { get; init; }

    /// <summary>The name of the account, else of the record.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The action of the event that decides <see cref="Status"/>: of several, create, delete, stagedDelete, disable, update, other in this order.</summary>
    public string? Action { get; init; }

    /// <summary>The worst status of the events: failure, warning, anything unknown, success, skipped in this order.</summary>
    public string? Status { get; init; }

    /// <summary>The code of the error or of the reason to skip, of the event that decides; or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed or was skipped, in the service's words; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What the service advises; or null.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>The time of the newest event.</summary>
    public DateTimeOffset? ActivityDateTime { get; init; }

    /// <summary>The run of the job.</summary>
    public string? CycleId { get; init; }

    /// <summary>The attributes that were changed, oldest event first.</summary>
    public required IReadOnlyList<ModifiedProperty> ModifiedProperties { get; init; }

    /// <summary>The steps of all events, oldest event first.</summary>
    public required IReadOnlyList<ProvisioningStep> Steps { get; init; }

    /// <summary>The events, newest first.</summary>
    public required IReadOnlyList<ProvisioningEvent> Events { get; init; }

    /// <summary>Takes the events of one change together.</summary>
    /// <param name="events">The events, newest first; at least one.</param>
    public static ProvisioningChange Of(IReadOnlyList<ProvisioningEvent> events)
    {
        ProvisioningEvent deciding = events.OrderBy(item => Rank(ByWeight, item.Status)).ThenBy(item => Rank(ByMeaning, item.Action)).First();
        return new ProvisioningChange
        {
            ChangeId = events[0].ChangeId,
            SourceId = FirstText(events, static item => item.SourceId),
            TargetId = FirstText(events, static item => item.TargetId),
            DisplayName = FirstText(events, static item => item.DisplayName),
            Action = deciding.Action,
            Status = deciding.Status,
            ErrorCode = deciding.ErrorCode,
            Reason = deciding.Reason,
            RecommendedAction = deciding.RecommendedAction,
            ActivityDateTime = events.Max(static item => item.ActivityDateTime),
            CycleId = events[0].CycleId,
            ModifiedProperties = events.Count == 1 ? events[0].ModifiedProperties : events.Reverse().SelectMany(static item => item.ModifiedProperties).ToList(),
            Steps = events.Count == 1 ? events[0].Steps : events.Reverse().SelectMany(static item => item.Steps).ToList(),
            Events = events,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:u} {1} {2} {3}", ActivityDateTime, SourceId, Action, Status);

    private static string? FirstText(IReadOnlyList<ProvisioningEvent> events, Func<ProvisioningEvent, string?> text) =>
        events.Select(text).FirstOrDefault(static value => !string.IsNullOrEmpty(value)) ?? text(events[0]);

    private static int Rank(string[] order, string? term)
    {
        int rank = Array.FindIndex(order, one => LogTerms.Same(one, term));
        return rank < 0 ? Array.IndexOf(order, string.Empty) : rank;
    }
}
