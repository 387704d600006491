using System;
using System.Diagnostics;
using System.Threading;

namespace InboundProvisioning.FaultCampaign;

/// <summary>A clock that runs faster than the real one: waits of minutes take a fraction of a second, and keep their proportions.</summary>
/// <param name="speed">How many times faster.</param>
internal sealed class FastTimeProvider(int speed) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _startTimestamp = Stopwatch.GetTimestamp();

    public override long TimestampFrequency => Stopwatch.Frequency / speed;

    public override long GetTimestamp() => Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(_startTimestamp);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), Real);

    private TimeSpan Real(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / speed;

    private sealed class FastTimer(ITimer timer, Func<TimeSpan, TimeSpan> real) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(real(dueTime), real(period));

        public void Dispose() => timer.Dispose();

        public global::System.Threading.Tasks.ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
