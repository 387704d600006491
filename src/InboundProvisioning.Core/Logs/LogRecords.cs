using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.Logs;

/// <summary>The records whose events are wanted, each with the time from which they count, and the jobs that they were sent to.</summary>
public sealed class LogRecords
{
    // Texts name so many records at the most.
    private const int MostNamed = 50;

    private readonly DateTimeOffset? _since;
    private readonly Dictionary<string, DateTimeOffset?> _records = new(StringComparer.Ordinal);
    private readonly HashSet<ProvisioningJobAddress> _sentTo = [];

    /// <summary>Creates an empty set.</summary>
    /// <param name="since">The time from which the events of each record count, whenever it was sent; or null.</param>
    public LogRecords(DateTimeOffset? since)
    {
        _since = since;
    }

    /// <summary>How many records there are.</summary>
    public int Count => _records.Count;

    /// <summary>Their externalIds.</summary>
    public IReadOnlyCollection<string> Ids => _records.Keys;

    /// <summary>The time before which no event is wanted; null where that of some record does not say.</summary>
    public DateTimeOffset? Earliest => _records.Values.Any(static time => time is null) ? null : _records.Values.Min();

    /// <summary>The records with their times.</summary>
    internal IEnumerable<KeyValuePair<string, DateTimeOffset?>> Times => _records;

    /// <summary>Adds records of which every event counts. Empty ids, as in events about others than records, are passed over.</summary>
    public void Add(IEnumerable<string?> externalIds)
    {
        foreach (string? id in externalIds)
        {
            if (!string.IsNullOrEmpty(id))
            {
                Add(id!, _since);
            }
        }
    }

    /// <summary>Adds records that were sent: what became of them before is not asked for.</summary>
    /// <param name="externalIds">The records.</param>
    /// <param name="acceptedOn">When the service accepted them.</param>
    /// <param name="job">The job that they were sent to.</param>
    public void AddSent(IEnumerable<string> externalIds, DateTimeOffset acceptedOn, ProvisioningJobAddress job)
    {
        _sentTo.Add(job);
        foreach (string id in externalIds)
        {
            Add(id, _since ?? acceptedOn);
        }
    }

    /// <summary>The job that the records were sent to, or null where that is not known.</summary>
    /// <exception cref="InboundProvisioningException"><c>LogParameterConflict</c>: there are several.</exception>
    public ProvisioningJobAddress? SentTo() => _sentTo.Count <= 1 ? _sentTo.SingleOrDefault() : throw new InboundProvisioningException(
        "LogParameterConflict",
        FaultKind.InvalidArgument,
        $"The results are of several jobs: {string.Join(", ", _sentTo.Select(static job => $"'{job.JobId}'"))}. Read the logs of one job at a time.");

    /// <summary>Whether an event is not from before the record was sent.</summary>
    internal bool Counts(ProvisioningEvent item) =>
        item.SourceId is not string id || !_records.TryGetValue(id, out DateTimeOffset? since) || !(item.ActivityDateTime < since);

    /// <summary>A list of externalIds for people.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="most">How many are named.</param>
    internal static string Names(IReadOnlyCollection<string> ids, int most = MostNamed) =>
        string.Join(", ", ids.Take(most).Select(static id => $"'{id}'"))
            + (ids.Count > most ? string.Format(CultureInfo.InvariantCulture, " and {0} more", ids.Count - most) : string.Empty);

    // Sent twice: the outcome of the later one is of interest.
    private void Add(string id, DateTimeOffset? since) =>
        _records[id] = _records.TryGetValue(id, out DateTimeOffset? before) && !(since > before) && before is not null ? before : since;
}
