using System;
using System.Collections.Generic;
using System.Threading;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>The provisioning logs of the tenant, ordered by time. Safe for use by several threads.</summary>
/// <param name="clock">The emulator's clock.</param>
/// <param name="delay">How long after it was written an event can be read.</param>
internal sealed class ProvisioningLog(TimeProvider clock, TimeSpan delay)
{
    private static readonly Comparer<ProvisioningEvent> ByPosition =
        Comparer<ProvisioningEvent>.Create((one, other) => LogPosition.Of(one).CompareTo(LogPosition.Of(other)));

    private readonly Lock _lock = new();
    private readonly List<ProvisioningEvent> _events = [];
    private readonly Dictionary<Guid, List<ProvisioningEvent>> _byCycle = [];
    private readonly Dictionary<string, List<ProvisioningEvent>> _bySource = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _events.Count;
            }
        }
    }

    /// <summary>Writes an event now, later than all others.</summary>
    public void Write(ProvisioningEvent one)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            DateTime time = now.UtcDateTime;
            if (_events is [.., var last] && last.ActivityDateTime >= time)
            {
                time = last.ActivityDateTime.AddTicks(1);
            }

            Append(one with { ActivityDateTime = time, Recorded = now });
        }
    }

    /// <summary>Adds events that have a time already, in any order.</summary>
    public void Load(IEnumerable<ProvisioningEvent> events)
    {
        lock (_lock)
        {
            ProvisioningEvent[] all = [.. _events, .. events];
            Array.Sort(all, ByPosition);
            _events.Clear();
            _byCycle.Clear();
            _bySource.Clear();
            foreach (ProvisioningEvent one in all)
            {
                Append(one);
            }
        }
    }

    public IReadOnlyList<ProvisioningEvent> ToList()
    {
        lock (_lock)
        {
            return [.. _events];
        }
    }

    /// <summary>One page of what can be read by now.</summary>
    /// <param name="filter">Which events, or null for all.</param>
    /// <param name="newestFirst">The order.</param>
    /// <param name="after">Where the page before ended, or null for the first.</param>
    /// <param name="most">The page's size.</param>
    /// <returns>The events, and whether there are more.</returns>
    public (IReadOnlyList<ProvisioningEvent> Page, bool More) Read(LogFilter? filter, bool newestFirst, LogPosition? after, int most)
    {
        DateTimeOffset visible = clock.GetUtcNow() - delay;
        var page = new List<ProvisioningEvent>(Math.Min(most, 1_000));
        lock (_lock)
        {
            List<ProvisioningEvent> events = Candidates(filter);
            int step = newestFirst ? -1 : 1;
            int i = newestFirst
                ? (after is { } newest ? FirstFrom(events, newest) : events.Count) - 1
                : after is { } oldest ? FirstAfter(events, oldest) : 0;
            for (; i >= 0 && i < events.Count; i += step)
            {
                ProvisioningEvent one = events[i];
                if (one.Recorded <= visible && filter?.Matches(one) != false)
                {
                    if (page.Count == most)
                    {
                        return (page, true);
                    }

                    page.Add(one);
                }
            }
        }

        return (page, false);
    }

    /// <summary>One event, when it can be read by now.</summary>
    public ProvisioningEvent? Find(Guid id)
    {
        DateTimeOffset visible = clock.GetUtcNow() - delay;
        lock (_lock)
        {
            return _events.Find(one => one.Id == id && one.Recorded <= visible);
        }
    }

    private List<ProvisioningEvent> Candidates(LogFilter? filter)
    {
        if (filter?.RequiredSource is { } source)
        {
            return _bySource.GetValueOrDefault(source, []);
        }

        return filter?.RequiredCycle is { } cycle ? Guid.TryParse(cycle, out Guid id) ? _byCycle.GetValueOrDefault(id, []) : [] : _events;
    }

    private void Append(ProvisioningEvent one)
    {
        _events.Add(one);
        Indexed(_byCycle, one.CycleId).Add(one);
        Indexed(_bySource, one.SourceId).Add(one);
    }

    private static List<ProvisioningEvent> Indexed<T>(Dictionary<T, List<ProvisioningEvent>> index, T key)
        where T : notnull
    {
        if (!index.TryGetValue(key, out List<ProvisioningEvent>? events))
        {
            index.Add(key, events = []);
        }

        return events;
    }

    /// <summary>The index of the first event that is not before a position.</summary>
    private static int FirstFrom(List<ProvisioningEvent> events, LogPosition position)
    {
        int low = 0;
        int high = events.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (LogPosition.Of(events[middle]).CompareTo(position) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int FirstAfter(List<ProvisioningEvent> events, LogPosition position)
    {
        int first = FirstFrom(events, position);
        return first < events.Count && LogPosition.Of(events[first]) == position ? first + 1 : first;
    }
}
