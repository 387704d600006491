using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Reports;

/// <summary>Collects records by what they have in common.</summary>
internal sealed class ReportRows
{
    private readonly Dictionary<(string Name, string? Attribute), List<ReportRecord>> _groups = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a record.</summary>
    /// <param name="name">What it has in common with others.</param>
    /// <param name="attribute">The attribute at fault, or null.</param>
    /// <param name="record">The record.</param>
    public void Add(string name, string? attribute, ReportRecord record)
    {
        if (!_groups.TryGetValue((name, attribute), out List<ReportRecord>? records))
        {
            records = [];
            _groups.Add((name, attribute), records);
        }

        records.Add(record);
        Count++;
    }

    /// <summary>The groups, the largest first.</summary>
    public IEnumerable<ReportGroup> Groups() => _groups
        .OrderByDescending(static group => group.Value.Count)
        .ThenBy(static group => group.Key.Name, System.StringComparer.Ordinal)
        .Select(static group => new ReportGroup { Name = group.Key.Name, Attribute = group.Key.Attribute, Count = group.Value.Count, Records = group.Value });
}
