using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;

namespace InboundProvisioning.Graph;

/// <summary>
/// Keeps an exact sliding limit, such as 40 calls in any 5 seconds, for calls that are in flight together. Waiters are served
/// in the order of their coming.
/// </summary>
/// <remarks>
/// <para>
/// A call counts when it arrives at the service, which is some time between its release and its answer. A lease is therefore
/// disposed when the answer has come, and its place is free again a window after that: then no window can hold more calls than
/// the limit, however long each was under way.
/// </para>
/// <para>
/// That alone would lose the time of one answer in each window (37.7 of 40 calls at 300 ms). The part of the answer time that
/// every call spends, as the last 64 calls show it, is hence given back: the call that takes the place spends it too. Answer
/// times that vary much leave little to give back, and the limiter becomes the careful one above. A margin covers small jitter.
/// </para>
/// <para>
/// A lease that is refused because of a long pause has <see cref="MetadataName.RetryAfter"/>.
/// </para>
/// </remarks>
public sealed class CallRateLimiter : RateLimiter
{
    // Timers know no more than 49 days; one that ends early is set again.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly AnswerTimes _answerTimes = new();
    private readonly LinkedList<Lease> _taken = new();
    private readonly LinkedList<TaskCompletionSource<RateLimitLease>> _waiters = new();
    private int _limit;
    private TimeSpan _hold;
    private TimeSpan _longestPause;
    private TimeSpan _pausedUntil;
    private TimeSpan _lastUse;
    private long _granted;
    private long _denied;
    private bool _disposed;

    /// <summary>Creates a limiter.</summary>
    /// <param name="options">The limit.</param>
    /// <param name="time">The clock.</param>
    public CallRateLimiter(CallRateLimiterOptions options, TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((CallRateLimiter)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Change(options);
    }

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                TimeSpan now = Now;
                FreePlaces(now);
                return _taken.Count == 0 && _waiters.Count == 0 ? now - _lastUse : null;
            }
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>Sets another limit. Calls that were made before count in it.</summary>
    /// <param name="options">The limit.</param>
    public void Change(CallRateLimiterOptions options)
    {
        if (options.CallLimit < 1 || options.Window <= TimeSpan.Zero || options.Margin < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(options));
        }

        lock (_gate)
        {
            FreePlaces(Now);
            _limit = options.CallLimit;
            _hold = options.Window + options.Margin;
            _longestPause = options.LongestPause;
            ServeWaiters();
        }
    }

    /// <summary>
    /// Lets no call go for a while: the service has asked for it (429 with Retry-After). Beyond
    /// <see cref="CallRateLimiterOptions.LongestPause"/> calls are refused, those that wait too.
    /// </summary>
    public void Pause(TimeSpan duration)
    {
        lock (_gate)
        {
            TimeSpan now = Now;
            TimeSpan until = now + duration;
            if (until > _pausedUntil)
            {
                _pausedUntil = until;
            }

            if (RefusalAt(now) is Lease refusal)
            {
                EndWaiters(refusal);
            }
        }
    }

    /// <inheritdoc/>
    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            FreePlaces(Now);
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = Math.Max(0, _limit - _taken.Count),
                CurrentQueuedCount = _waiters.Count,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _denied,
            };
        }
    }

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        RequireOne(permitCount);
        lock (_gate)
        {
            if (!_disposed && _waiters.Count == 0 && TryTake(Now, permitCount) is Lease lease)
            {
                return lease;
            }

            _denied++;
            return Lease.Denied;
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        RequireOne(permitCount);
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<RateLimitLease> waiter;
        lock (_gate)
        {
            if (_disposed)
            {
                return new ValueTask<RateLimitLease>(Lease.Denied);
            }

            TimeSpan now = Now;
            if (RefusalAt(now) is Lease refusal)
            {
                return new ValueTask<RateLimitLease>(refusal);
            }

            if (_waiters.Count == 0 && TryTake(now, permitCount) is Lease lease)
            {
                return new ValueTask<RateLimitLease>(lease);
            }

            waiter = new TaskCompletionSource<RateLimitLease>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.AddLast(waiter);
            SetTimer(now);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        lock (_gate)
        {
            _disposed = true;
            _timer.Dispose();
            EndWaiters(Lease.Denied);
        }

        base.Dispose(disposing);
    }

    private static void RequireOne(int permitCount)
    {
        if (permitCount > 1)
        {
            throw new ArgumentOutOfRangeException(nameof(permitCount), permitCount, "A call takes one place.");
        }
    }

    private Lease? RefusalAt(TimeSpan now)
    {
        TimeSpan left = _pausedUntil - now;
        if (left <= _longestPause)
        {
            return null;
        }

        _denied++;
        return new Lease(null, TimeSpan.Zero, isAcquired: false, retryAfter: left);
    }

    private void EndWaiters(Lease refusal)
    {
        foreach (TaskCompletionSource<RateLimitLease> waiter in _waiters)
        {
            waiter.TrySetResult(refusal);
        }

        _waiters.Clear();
    }

    private async ValueTask<RateLimitLease> WaitAsync(TaskCompletionSource<RateLimitLease> waiter, CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(() => GiveUp(waiter, cancellationToken)))
        {
            return await waiter.Task.ConfigureAwait(false);
        }
    }

    private void GiveUp(TaskCompletionSource<RateLimitLease> waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiters.Remove(waiter))
            {
                waiter.TrySetCanceled(cancellationToken);
            }
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            ServeWaiters();
        }
    }

    private void OnAnswer(Lease lease)
    {
        lock (_gate)
        {
            lease.Answered = Now;
            _answerTimes.Add(lease.Answered.Value - lease.Released);
            ServeWaiters();
        }
    }

    private void ServeWaiters()
    {
        if (_disposed)
        {
            return;
        }

        TimeSpan now = Now;
        while (_waiters.First is { } first && TryTake(now, permitCount: 1) is Lease lease)
        {
            _waiters.RemoveFirst();
            first.Value.TrySetResult(lease);
        }

        SetTimer(now);
    }

    private Lease? TryTake(TimeSpan now, int permitCount)
    {
        FreePlaces(now);
        if (now < _pausedUntil || _taken.Count >= _limit)
        {
            return null;
        }

        if (permitCount == 0)
        {
            return Lease.Empty;
        }

        var lease = new Lease(this, now);
        _taken.AddLast(lease);
        _lastUse = now;
        _granted++;
        return lease;
    }

    private void FreePlaces(TimeSpan now)
    {
        for (LinkedListNode<Lease>? node = _taken.First; node is not null;)
        {
            LinkedListNode<Lease>? next = node.Next;
            if (FreeAt(node.Value) <= now)
            {
                _taken.Remove(node);
            }

            node = next;
        }
    }

    private TimeSpan FreeAt(Lease lease)
    {
        if (lease.Answered is not TimeSpan answered)
        {
            return TimeSpan.MaxValue;
        }

        TimeSpan own = answered - lease.Released;
        TimeSpan certain = _answerTimes.Certain;
        return answered + _hold - (certain < own ? certain : own);
    }

    private void SetTimer(TimeSpan now)
    {
        TimeSpan due = TimeSpan.MaxValue;
        if (_waiters.Count > 0)
        {
            if (_taken.Count < _limit)
            {
                due = now;
            }

            foreach (Lease lease in _taken)
            {
                TimeSpan free = FreeAt(lease);
                due = free < due ? free : due;
            }
        }

        if (due == TimeSpan.MaxValue)
        {
            // Nobody waits, or all wait for answers, which come through OnAnswer.
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        due = due < _pausedUntil ? _pausedUntil : due;

        // Timers count whole milliseconds and would else wake up just too early.
        double milliseconds = Math.Min(Math.Max(1, Math.Ceiling((due - now).TotalMilliseconds)), LongestTimer.TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    private sealed class Lease : RateLimitLease
    {
        public static readonly Lease Denied = new(null, TimeSpan.Zero, isAcquired: false);
        public static readonly Lease Empty = new(null, TimeSpan.Zero);

        private readonly TimeSpan? _retryAfter;
        private CallRateLimiter? _limiter;

        public Lease(CallRateLimiter? limiter, TimeSpan released, bool isAcquired = true, TimeSpan? retryAfter = null)
        {
            _limiter = limiter;
            Released = released;
            IsAcquired = isAcquired;
            _retryAfter = retryAfter;
        }

        public override bool IsAcquired { get; }

        public override IEnumerable<string> MetadataNames => _retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public TimeSpan Released { get; }

        public TimeSpan? Answered { get; set; }

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? _retryAfter : null;
            return metadata is not null;
        }

        protected override void Dispose(bool disposing)
        {
            Interlocked.Exchange(ref _limiter, null)?.OnAnswer(this);
            base.Dispose(disposing);
        }
    }
}
