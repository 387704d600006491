using System;
using System.Collections.Generic;

namespace InboundProvisioning.Logs;

/// <summary>
/// The events at the end of what has been read, newest first: enough to go on from there by time without telling one twice. Those
/// more than a few seconds before it are forgotten.
/// </summary>
internal sealed class RecentEvents
{
    // More than a query by time asks for beyond its bound.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(3);

    private readonly Queue<(DateTimeOffset Time, string Id)> _order = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The time of the oldest event so far, or null.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    /// <summary>Notes an event; false where it was there before.</summary>
    public bool Add(ProvisioningEvent item)
    {
        if (item.ActivityDateTime is not DateTimeOffset time || item.Id is null)
        {
            return true;
        }

        if (!_ids.Add(item.Id))
        {
            return false;
        }

        _order.Enqueue((time, item.Id));
        if (Oldest is null || time < Oldest)
        {
            Oldest = time;
        }

        while (_order.Peek().Time > Oldest + Kept)
        {
            _ids.Remove(_order.Dequeue().Id);
        }

        return true;
    }
}
