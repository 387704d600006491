using System;
using System.Threading;
using System.Threading.Tasks;

namespace InboundProvisioning.Emulator.Time;

/// <summary>A timer of <see cref="ServiceClock"/>: one of the clock that runs, set anew whenever time is moved on.</summary>
internal sealed class ServiceTimer : ITimer
{
    private readonly Lock _lock = new();
    private readonly ServiceClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _inner;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private DateTimeOffset? _due;

    public ServiceTimer(ServiceClock clock, TimeProvider inner, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _inner = inner.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _period = period;
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
            return Arm();
        }
    }

    /// <summary>The clock has been moved on.</summary>
    public void Advance()
    {
        lock (_lock)
        {
            Arm();
        }
    }

    public void Dispose()
    {
        _clock.Remove(this);
        _inner.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        _clock.Remove(this);
        return _inner.DisposeAsync();
    }

    private bool Arm()
    {
        TimeSpan wait = _due is { } due ? due - _clock.GetUtcNow() : Timeout.InfiniteTimeSpan;
        return _inner.Change(_due is not null && wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        lock (_lock)
        {
            // It may have been put off since.
            if (_due is not { } due || due > _clock.GetUtcNow())
            {
                Arm();
                return;
            }

            _due = _period > TimeSpan.Zero ? due + _period : null;
            Arm();
        }

        _callback(_state);
    }
}
