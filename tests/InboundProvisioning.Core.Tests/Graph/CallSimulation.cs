using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;

namespace InboundProvisioning.Core.Tests.Graph;

/// <summary>Clients that call through a limiter, each its next call when the last one's answer has come, over a manual clock.</summary>
internal sealed class CallSimulation(ManualTimeProvider clock, CallRateLimiter limiter, int inFlight)
{
    private readonly List<Task<RateLimitLease>> _waiting = [];
    private readonly PriorityQueue<RateLimitLease, DateTimeOffset> _answers = new();
    private int _released;

    /// <summary>When the calls have arrived at the service.</summary>
    public List<DateTimeOffset> Arrivals { get; } = [];

    /// <summary>Runs until all calls are answered.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="latency">The time of a call to the service, and of its answer back, by the call's number.</param>
    public void Run(int calls, Func<int, (TimeSpan Out, TimeSpan Back)> latency)
    {
        int asked = 0;
        while (asked < Math.Min(inFlight, calls))
        {
            Ask(ref asked);
        }

        while (_waiting.Count + _answers.Count > 0)
        {
            Release(latency);
            if (_answers.TryPeek(out RateLimitLease? lease, out DateTimeOffset answer) && !(clock.NextDue < answer))
            {
                clock.Advance(answer - clock.GetUtcNow());
                _answers.Dequeue();
                lease.Dispose();
                if (asked < calls)
                {
                    Ask(ref asked);
                }
            }
            else if (clock.NextDue is DateTimeOffset due)
            {
                clock.Advance(due - clock.GetUtcNow());
            }
        }
    }

    private void Ask(ref int asked)
    {
        asked++;
        _waiting.Add(limiter.AcquireAsync().AsTask());
    }

    private void Release(Func<int, (TimeSpan Out, TimeSpan Back)> latency)
    {
        // The limiter has let them go already; their tasks end on the thread pool.
        long granted = limiter.GetStatistics()!.TotalSuccessfulLeases;
        SpinWait.SpinUntil(() => _released + _waiting.Count(task => task.IsCompleted) == granted);
        foreach (Task<RateLimitLease> task in _waiting.Where(task => task.IsCompleted).ToList())
        {
            _waiting.Remove(task);
            (TimeSpan there, TimeSpan back) = latency(_released++);
            Arrivals.Add(clock.GetUtcNow() + there);
            _answers.Enqueue(task.Result, clock.GetUtcNow() + there + back);
        }
    }
}
