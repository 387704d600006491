using System;
using System.Collections.Generic;
using System.Threading;

namespace InboundProvisioning.Emulator.Time;

/// <summary>
/// The clock of the service's work (call limits, cycles, retries, quarantines, logs): another clock, moved ahead as far as somebody says. Sign-in
/// stays on the other clock, because clients compare tokens, assertions and certificates with their own.
/// </summary>
/// <param name="inner">The clock that runs.</param>
/// <param name="ahead">How far this one is ahead of it.</param>
internal sealed class ServiceClock(TimeProvider inner, TimeSpan ahead) : TimeProvider
{
    /// <summary>More than the times of any test, and far from the end of all dates.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(36_500);

    private readonly Lock _lock = new();
    private readonly List<ServiceTimer> _timers = [];
    private TimeSpan _ahead = ahead;

    public TimeSpan Ahead
    {
        get
        {
            lock (_lock)
            {
                return _ahead;
            }
        }
    }

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Ahead;

    /// <summary>Moves it on. Timers that are due by then fire as soon as the clock that runs lets them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That would be back, or further than <see cref="Furthest"/>.</exception>
    public void Advance(TimeSpan step)
    {
        ServiceTimer[] timers;
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(step, Furthest - _ahead);
            _ahead += step;
            timers = [.. _timers];
        }

        foreach (ServiceTimer timer in timers)
        {
            timer.Advance();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ServiceTimer(this, inner, callback, state);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    internal void Remove(ServiceTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }
}
