using System;

namespace InboundProvisioning.Graph;

/// <summary>How long the last calls took from release to answer.</summary>
internal sealed class AnswerTimes
{
    private const int Capacity = 64;

    // More than ever are in flight at once: some of these went over connections that were open already.
    private const int Enough = 17;

    private readonly TimeSpan[] _times = new TimeSpan[Capacity];
    private int _count;
    private TimeSpan? _certain;

    /// <summary>
    /// What a call surely spends under way and in the service: the shortest answer time, less the spread of the times around
    /// it, since no single call need have had both the quickest way there and the quickest way back.
    /// </summary>
    public TimeSpan Certain => _certain ??= Estimate();

    public void Add(TimeSpan time)
    {
        _times[_count % Capacity] = time;
        _count++;
        _certain = null;
    }

    private TimeSpan Estimate()
    {
        if (_count < Enough)
        {
            return TimeSpan.Zero;
        }

        int length = Math.Min(_count, Capacity);
        var sorted = new TimeSpan[length];
        Array.Copy(_times, sorted, length);
        Array.Sort(sorted);
        TimeSpan shortest = sorted[0];
        TimeSpan spread = sorted[length / 2] - shortest;
        return shortest > spread ? shortest - spread : TimeSpan.Zero;
    }
}
