using System;
using System.Collections.Generic;

namespace InboundProvisioning.Mapping;

/// <summary>The names of the columns of a source, in order. Names match without regard to case, as in PowerShell.</summary>
public sealed class RowColumns
{
    private readonly Dictionary<string, int> _indexes;

    /// <param name="names">The names, each once.</param>
    public RowColumns(IReadOnlyList<string> names)
    {
        Names = names;
        _indexes = new Dictionary<string, int>(names.Count, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < names.Count; i++)
        {
            _indexes.Add(names[i], i);
        }
    }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The index of a column, from 0, or -1 when there is none of that name.</summary>
    public int IndexOf(string name) => _indexes.TryGetValue(name, out int index) ? index : -1;
}
