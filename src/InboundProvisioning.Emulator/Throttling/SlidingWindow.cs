using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Emulator.Throttling;

/// <summary>The times of the calls in the last <paramref name="length"/>. A call leaves exactly that long after it arrived.</summary>
internal sealed class SlidingWindow(TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _arrivals = new();

    public int Count => _arrivals.Count;

    public void Add(DateTimeOffset now)
    {
        Forget(now);
        _arrivals.Enqueue(now);
    }

    /// <summary>How many there are now.</summary>
    public int CountAt(DateTimeOffset now)
    {
        Forget(now);
        return Count;
    }

    /// <summary>How long until one more call would be within the limit, provided that no other arrives.</summary>
    public TimeSpan WaitFor(int limit, DateTimeOffset now) =>
        Count < limit ? TimeSpan.Zero : _arrivals.ElementAt(Count - limit) + length - now;

    private void Forget(DateTimeOffset now)
    {
        while (_arrivals.TryPeek(out DateTimeOffset oldest) && oldest + length <= now)
        {
            _arrivals.Dequeue();
        }
    }
}
