using System;
using System.Collections.Generic;
using System.IO.Hashing;
using System.Linq;
using System.Runtime.InteropServices;

namespace InboundProvisioning.Logs;

/// <summary>
/// Counts the events of each cycle while they stream by. A cycle is given out when 10,000 further events have gone by without one of
/// its own, or at the end. What is held are the ids of its records and changes, as fingerprints of 64 bits: among a million the
/// count is off by one with a probability below one in ten million.
/// </summary>
public sealed class CycleSummarizer
{
    private const int Patience = 10_000;

    private readonly OpenGroups<string, OpenCycle> _open = new(Patience);

    /// <summary>Adds an event.</summary>
    /// <param name="item">The next event of the stream.</param>
    /// <returns>The cycles that are complete by now.</returns>
    public IReadOnlyList<CycleSummary> Add(ProvisioningEvent item)
    {
        string key = item.CycleId ?? string.Empty;
        if (!_open.TryUse(key, out OpenCycle cycle))
        {
            cycle = new OpenCycle(new CycleSummary { CycleId = item.CycleId, JobId = item.JobId });
            _open.Add(key, cycle);
        }

        cycle.Add(item);
        return Close(all: false);
    }

    /// <summary>Ends the stream.</summary>
    /// <returns>The cycles that were still open, newest first.</returns>
    public IReadOnlyList<CycleSummary> Complete() => [.. Close(all: true).OrderByDescending(static cycle => cycle.End)];

    private List<CycleSummary> Close(bool all) => _open.Close(all).Select(static cycle => cycle.Summary).ToList();

    private sealed class OpenCycle(CycleSummary summary)
    {
        private readonly HashSet<ulong> _users = [];
        private readonly HashSet<ulong> _changes = [];

        public CycleSummary Summary => summary;

        public void Add(ProvisioningEvent item)
        {
            summary.Events++;
            summary.Of(item.Action).Add(item.Status);
            if (!string.IsNullOrEmpty(item.SourceId) && _users.Add(Fingerprint(item.SourceId!)))
            {
                summary.Users++;
            }

            // An event without a changeId is a change of its own.
            if (item.ChangeId is null || _changes.Add(Fingerprint(item.ChangeId)))
            {
                summary.Changes++;
            }

            if (item.ActivityDateTime is DateTimeOffset time)
            {
                summary.Start = summary.Start < time ? summary.Start : time;
                summary.End = summary.End > time ? summary.End : time;
            }
        }

        private static ulong Fingerprint(string id) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan()));
    }
}
