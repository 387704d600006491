using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace InboundProvisioning.Emulator.Faults;

/// <summary>The faults that wait, in the order in which they were given. A call is struck by the first that matches it and is not used up.</summary>
internal sealed class FaultList
{
    private readonly Lock _lock = new();
    private readonly List<FaultCount> _faults = [];

    /// <summary>Puts faults behind those that are there.</summary>
    /// <exception cref="ArgumentException">A fault makes no sense; none is added.</exception>
    public void Add(IReadOnlyList<Fault> faults)
    {
        for (int i = 0; i < faults.Count; i++)
        {
            if (faults[i].Problem() is { } problem)
            {
                throw new ArgumentException($"Fault {i + 1}: {problem}", nameof(faults));
            }
        }

        lock (_lock)
        {
            _faults.AddRange(faults.Select(fault => new FaultCount(fault, 0, fault.Count)));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    public IReadOnlyList<FaultCount> ToList()
    {
        lock (_lock)
        {
            return [.. _faults];
        }
    }

    /// <summary>The fault that strikes a call, which counts as struck; null for none.</summary>
    /// <param name="url">Path and query.</param>
    /// <param name="hasToken">Whether the call presents a bearer token.</param>
    public Fault? Strike(string url, bool hasToken)
    {
        lock (_lock)
        {
            int index = _faults.FindIndex(candidate =>
                candidate.Left > 0
                && (candidate.Fault.Path is not { } part || url.Contains(part, StringComparison.OrdinalIgnoreCase))
                && (hasToken || candidate.Fault.Action is not FaultAction.ExpireToken));
            if (index < 0)
            {
                return null;
            }

            FaultCount found = _faults[index];
            _faults[index] = found with { Struck = found.Struck + 1, Left = found.Left - 1 };
            return found.Fault;
        }
    }
}
