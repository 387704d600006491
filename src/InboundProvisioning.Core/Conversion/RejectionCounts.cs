using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Conversion;

/// <summary>
/// Counts rejected rows by kind of fault. A column that is empty all the way would else give as many errors as there are rows.
/// </summary>
internal sealed class RejectionCounts
{
    /// <summary>So many rows of one kind of fault are told one by one.</summary>
    public const int MostTold = 100;

    /// <summary>So many rows are kept, whatever their fault.</summary>
    public const int MostKept = 500;

    private readonly Dictionary<(string, string?), RejectionCount> _counts = [];
    private readonly List<RejectedRow> _first = [];

    /// <summary>Rows in all.</summary>
    public long Rows { get; private set; }

    /// <summary>The kinds, the most frequent one first.</summary>
    public IReadOnlyList<RejectionCount> ByKind => [.. _counts.Values.OrderByDescending(static count => count.Rows)];

    /// <summary>The first rows.</summary>
    public IReadOnlyList<RejectedRow> First => _first;

    /// <summary>Counts a row.</summary>
    /// <returns>Whether it is to be told.</returns>
    public bool Add(RejectedRow row)
    {
        Rows++;
        if (_first.Count < MostKept)
        {
            _first.Add(row);
        }

        (string, string?) kind = (row.Fault.ErrorId, row.Fault.Attribute);
        if (!_counts.TryGetValue(kind, out RejectionCount? count))
        {
            count = new RejectionCount(row.Fault.ErrorId, row.Fault.Attribute);
            _counts.Add(kind, count);
        }

        count.Add(row.Place);
        return count.Rows <= MostTold;
    }
}
