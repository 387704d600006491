using System;
using System.Collections.Generic;

namespace InboundProvisioning.Sync.Safeguards;

/// <summary>The limits of a run: those that were given, else those that the state keeps, else the defaults.</summary>
public sealed class SafeguardLimits
{
    private readonly Dictionary<string, SafeguardLimit> _limits = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _sources = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets a limit for this run.</summary>
    /// <param name="name">Such as <c>DisableLimit</c>.</param>
    /// <param name="limit">The limit.</param>
    public void Set(string name, SafeguardLimit limit) => Set(name, limit, "parameter");

    /// <summary>Takes the limits that a state keeps, where none was given.</summary>
    internal void AddKept(IReadOnlyDictionary<string, string> kept)
    {
        foreach (KeyValuePair<string, string> one in kept)
        {
            if (!_limits.ContainsKey(one.Key))
            {
                Set(one.Key, SafeguardLimit.Parse(one.Value), "state");
            }
        }
    }

    internal SafeguardLimit this[SafeguardRule rule] => _limits.TryGetValue(rule.Name, out SafeguardLimit? limit) ? limit : SafeguardLimit.Parse(rule.Default);

    internal string SourceOf(SafeguardRule rule) => _sources.TryGetValue(rule.Name, out string? source) ? source : "default";

    private void Set(string name, SafeguardLimit limit, string source)
    {
        _limits[name] = limit;
        _sources[name] = source;
    }
}
