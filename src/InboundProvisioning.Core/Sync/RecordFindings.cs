using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Checks;

namespace InboundProvisioning.Sync;

/// <summary>What the check of a run found: numbers of all, and the first of them.</summary>
internal sealed class RecordFindings
{
    /// <summary>So many findings are kept.</summary>
    public const int Most = 500;

    private readonly Dictionary<(string Rule, string Attribute), Group> _groups = [];
    private int _named;

    /// <summary>The first findings, those that hold records back among them.</summary>
    public List<PayloadFinding> First { get; } = [];

    /// <summary>Findings of records that are sent all the same.</summary>
    public long Warnings { get; private set; }

    /// <summary>Those by rule and attribute, the most frequent first.</summary>
    public IEnumerable<RunFinding> Groups() => _groups
        .OrderByDescending(static group => group.Value.Count)
        .ThenBy(static group => group.Key.Rule, StringComparer.Ordinal)
        .Select(static group => new RunFinding(group.Key.Rule, group.Key.Attribute, group.Value.Count, group.Value.ExternalIds));

    /// <summary>Adds a finding.</summary>
    /// <param name="finding">The finding, as it is told.</param>
    /// <param name="holds">Whether it holds the record back, so that it is told with that.</param>
    public void Add(PayloadFinding finding, bool holds)
    {
        if (First.Count < Most)
        {
            First.Add(finding);
        }

        if (holds)
        {
            return;
        }

        Warnings++;
        if (!_groups.TryGetValue((finding.RuleName, finding.Attribute), out Group? group))
        {
            _groups.Add((finding.RuleName, finding.Attribute), group = new Group());
        }

        group.Count++;
        if (_named < Most && finding.ExternalId is string externalId)
        {
            _named++;
            group.ExternalIds.Add(externalId);
        }
    }

    private sealed class Group
    {
        public long Count { get; set; }

        public List<string> ExternalIds { get; } = [];
    }
}
