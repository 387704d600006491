using System;
using System.Collections.Generic;
using InboundProvisioning.State;

namespace InboundProvisioning.Reports;

/// <summary>What became of people in the service.</summary>
internal sealed class OutcomeFacts
{
    private readonly Dictionary<string, long[]> _actions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Since when they count; null for whatever there is.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>At whom the service has failed, by error code.</summary>
    public ReportRows Failures { get; } = new();

    /// <summary>Whom the service does not take, by reason.</summary>
    public ReportRows Refused { get; } = new();

    /// <summary>Counts a person.</summary>
    /// <param name="action">What the service did; null where it is not known.</param>
    /// <param name="outcome">Open, succeeded, skipped or failed.</param>
    public void Count(string? action, RecordStatus outcome)
    {
        string name = string.IsNullOrEmpty(action) ? "not known yet" : action!;
        if (!_actions.TryGetValue(name, out long[]? counts))
        {
            counts = new long[(int)RecordStatus.Failed + 1];
            _actions.Add(name, counts);
        }

        counts[(int)outcome]++;
    }

    /// <summary>The counts, the most frequent action first.</summary>
    public IReadOnlyList<ReportOutcome> Outcomes()
    {
        var outcomes = new List<ReportOutcome>();
        foreach (KeyValuePair<string, long[]> action in _actions)
        {
            outcomes.Add(new ReportOutcome(
                action.Key,
                action.Value[(int)RecordStatus.Succeeded],
                action.Value[(int)RecordStatus.Open],
                action.Value[(int)RecordStatus.Skipped],
                action.Value[(int)RecordStatus.Failed]));
        }

        outcomes.Sort(static (one, other) => other.Total != one.Total ? other.Total.CompareTo(one.Total) : string.CompareOrdinal(one.Action, other.Action));
        return outcomes;
    }
}
