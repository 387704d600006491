using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using InboundProvisioning.Jobs;
using InboundProvisioning.Logs;

namespace InboundProvisioning.PowerShell.Connections;

/// <summary>Ids that the session has shown lately, for completion. Each runspace has its own. For the pipeline thread alone.</summary>
internal sealed class SessionIds
{
    private const int Most = 50;
    private static readonly ConditionalWeakTable<Runspace, SessionIds> Sessions = new();

    private readonly List<(string Id, string About)> _jobs = [];
    private readonly List<(string Id, string About)> _cycles = [];

    /// <summary>Those of this session.</summary>
    public static SessionIds Current => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>Ids of jobs, the last one first, each with a word about it.</summary>
    public IReadOnlyList<(string Id, string About)> Jobs => _jobs;

    /// <summary>Ids of cycles, the last one first, each with a word about it.</summary>
    public IReadOnlyList<(string Id, string About)> Cycles => _cycles;

    /// <summary>Notes the ids of what is shown.</summary>
    public void Note(object shown)
    {
        switch (shown)
        {
            case ProvisioningJob job:
                Add(_jobs, job.JobId, static job => $"{job.Status}", job);
                break;
            case CycleSummary cycle:
                Add(_cycles, cycle.CycleId, static cycle => cycle.ToString(), cycle);
                break;
            case ProvisioningChange change:
                Add(_cycles, change.CycleId, About, change.ActivityDateTime);
                break;
            case ProvisioningEvent item:
                Add(_cycles, item.CycleId, About, item.ActivityDateTime);
                break;
        }
    }

    private static string About(DateTimeOffset? on) => on is { } time ? $"with a change of {time.ToLocalTime():yyyy-MM-dd HH:mm}" : string.Empty;

    // The word is made for an id that is new: events of one cycle come by the thousand.
    private static void Add<T>(List<(string Id, string About)> ids, string? id, Func<T, string> about, T shown)
    {
        if (string.IsNullOrEmpty(id) || (ids.Count > 0 && ids[0].Id == id))
        {
            return;
        }

        ids.RemoveAll(one => string.Equals(one.Id, id, StringComparison.Ordinal));
        ids.Insert(0, (id!, about(shown)));
        if (ids.Count > Most)
        {
            ids.RemoveAt(Most);
        }
    }
}
