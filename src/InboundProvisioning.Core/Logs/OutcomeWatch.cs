using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.Logs;

/// <summary>
/// Looks into the logs from time to time until each of some records has an outcome there. A record without one has not failed: the
/// job has not come to it, or its event does not show yet.
/// </summary>
public sealed class OutcomeWatch
{
    // Events show up minutes after they happened, and not in their order.
    private static readonly TimeSpan LateEvents = TimeSpan.FromMinutes(30);

    private readonly ProvisioningLogClient _logs;
    private readonly ProvisioningJobAddress _job;
    private readonly Dictionary<string, DateTimeOffset?> _open;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly long _started;
    private DateTimeOffset? _newest;

    /// <summary>Creates a watch; its time limit runs from now.</summary>
    /// <param name="logs">Reads the logs.</param>
    /// <param name="job">The job.</param>
    /// <param name="records">The externalIds, each with the time from which an outcome counts; null: any outcome in the logs does.</param>
    /// <param name="interval">The time between two looks.</param>
    /// <param name="timeout">How long to wait in all.</param>
    /// <param name="time">The clock.</param>
    public OutcomeWatch(
        ProvisioningLogClient logs,
        ProvisioningJobAddress job,
        IEnumerable<KeyValuePair<string, DateTimeOffset?>> records,
        TimeSpan interval,
        TimeSpan timeout,
        TimeProvider time)
    {
        _logs = logs;
        _job = job;
        _open = records.ToDictionary(static record => record.Key, static record => record.Value, StringComparer.Ordinal);
        _interval = interval;
        _timeout = timeout;
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>The records that have no outcome yet.</summary>
    public IReadOnlyCollection<string> Open => _open.Keys;

    /// <summary>Looks once, and takes the records that have an outcome now off <see cref="Open"/>.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The events of these records, newest first.</returns>
    public async IAsyncEnumerable<ProvisioningEvent> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var selection = new ProvisioningLogSelection { SourceIds = [.. _open.Keys], Since = From() };
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (ProvisioningEvent item in _logs.ReadAsync(_job, selection, cancellationToken).ConfigureAwait(false))
        {
            _newest = item.ActivityDateTime > _newest || _newest is null ? item.ActivityDateTime : _newest;
            if (item.SourceId is string id && _open.TryGetValue(id, out DateTimeOffset? since) && !(item.ActivityDateTime < since))
            {
                found.Add(id);
                yield return item;
            }
        }

        foreach (string id in found)
        {
            _open.Remove(id);
        }
    }

    /// <summary>Waits until the next look is due.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where there is nothing to wait for any more, or no time.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan left = _timeout - _time.GetElapsedTime(_started);
        if (_open.Count == 0 || left <= TimeSpan.Zero)
        {
            return false;
        }

        TimeSpan wait = left < _interval ? left : _interval;
        await _time.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private DateTimeOffset? From()
    {
        DateTimeOffset? since = _open.Values.Any(static time => time is null) ? null : _open.Values.Min();
        DateTimeOffset? late = _newest - LateEvents;
        return late > since || since is null ? late : since;
    }
}
