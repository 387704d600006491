using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using Xunit;

namespace InboundProvisioning.Core.Tests.Graph;

public sealed class CallRateLimiterTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _clock = new();

    public static TheoryData<string, int> Latencies()
    {
        var data = new TheoryData<string, int>();
        foreach (string model in new[] { "steady", "jitter", "wide", "heavy tail", "cold start", "alternating" })
        {
            for (int seed = 1; seed <= 10; seed++)
            {
                data.Add(model, seed);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Latencies))]
    public void No_window_of_five_seconds_holds_more_than_forty_arrivals(string model, int seed)
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions(), _clock);
        var random = new Random(seed);
        var simulation = new CallSimulation(_clock, limiter, inFlight: 1 + random.Next(16));

        simulation.Run(calls: 1_000, call => Latency(model, random, call));

        Assert.Equal(1_000, simulation.Arrivals.Count);
        Assert.InRange(MostInWindow(simulation.Arrivals), 1, 40);
    }

    [Fact]
    public void At_a_latency_of_300_milliseconds_39_of_40_calls_are_used()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions(), _clock);
        var random = new Random(1);
        var simulation = new CallSimulation(_clock, limiter, inFlight: 4);

        simulation.Run(calls: 1_000, _ => (TimeSpan.FromMilliseconds(random.Next(5, 15)), TimeSpan.FromMilliseconds(290)));

        TimeSpan taken = simulation.Arrivals[^1] - simulation.Arrivals[0];
        Assert.True(1_000 / taken.TotalSeconds * 5 >= 39, $"{1_000 / taken.TotalSeconds * 5} calls in 5 seconds");
        Assert.InRange(MostInWindow(simulation.Arrivals), 39, 40);
    }

    [Fact]
    public void A_small_limit_holds_when_its_first_calls_are_slowed_by_opening_connections()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions { CallLimit = 4 }, _clock);
        var simulation = new CallSimulation(_clock, limiter, inFlight: 4);

        simulation.Run(calls: 40, call => (TimeSpan.FromMilliseconds(call < 4 ? 900 : 20), TimeSpan.FromMilliseconds(280)));

        Assert.InRange(MostInWindow(simulation.Arrivals), 1, 4);
    }

    [Fact]
    public async Task The_first_calls_go_at_once_and_the_next_one_waits()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions { CallLimit = 3, Margin = TimeSpan.Zero }, _clock);
        foreach (int _ in Enumerable.Range(0, 3))
        {
            ValueTask<RateLimitLease> call = limiter.AcquireAsync();
            Assert.True(call.IsCompleted);
            (await call).Dispose();
        }

        Task<RateLimitLease> fourth = limiter.AcquireAsync().AsTask();
        _clock.Advance(Window - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, limiter.GetStatistics()!.CurrentQueuedCount);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True((await fourth).IsAcquired);
    }

    [Fact]
    public async Task A_call_without_an_answer_keeps_its_place()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions { CallLimit = 1, Margin = TimeSpan.Zero }, _clock);
        RateLimitLease hanging = await limiter.AcquireAsync();
        Task<RateLimitLease> next = limiter.AcquireAsync().AsTask();

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(next.IsCompleted);

        hanging.Dispose();
        _clock.Advance(Window);
        Assert.True((await next).IsAcquired);
    }

    [Fact]
    public async Task Waiters_are_served_in_the_order_of_their_coming()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions { CallLimit = 1, Margin = TimeSpan.Zero }, _clock);
        (await limiter.AcquireAsync()).Dispose();
        List<Task<RateLimitLease>> waiters = [.. Enumerable.Range(0, 5).Select(_ => limiter.AcquireAsync().AsTask())];

        foreach (Task<RateLimitLease> waiter in waiters)
        {
            _clock.Advance(Window);
            (await waiter).Dispose();
            Assert.Equal(waiters.Count - waiters.IndexOf(waiter) - 1, waiters.Count(task => !task.IsCompleted));
        }
    }

    [Fact]
    public async Task A_waiter_that_gives_up_takes_no_place()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions { CallLimit = 1, Margin = TimeSpan.Zero }, _clock);
        using var stop = new CancellationTokenSource();
        (await limiter.AcquireAsync()).Dispose();
        Task<RateLimitLease> impatient = limiter.AcquireAsync(1, stop.Token).AsTask();
        Task<RateLimitLease> patient = limiter.AcquireAsync().AsTask();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _clock.Advance(Window);

        Assert.True((await patient).IsAcquired);
        Assert.Equal(2, limiter.GetStatistics()!.TotalSuccessfulLeases);
    }

    [Fact]
    public async Task A_pause_holds_every_call_back()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions(), _clock);
        limiter.Pause(TimeSpan.FromSeconds(7));
        Task<RateLimitLease> call = limiter.AcquireAsync().AsTask();

        _clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True((await call).IsAcquired);
    }

    [Fact]
    public async Task A_pause_of_months_is_waited_for_in_steps_that_a_timer_can_hold()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions { LongestPause = TimeSpan.MaxValue }, _clock);
        limiter.Pause(TimeSpan.FromDays(100));
        Task<RateLimitLease> call = limiter.AcquireAsync().AsTask();

        Assert.InRange(_clock.NextDue!.Value - _clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromDays(24));
        _clock.Advance(TimeSpan.FromDays(99.9));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromDays(0.1));

        Assert.True((await call).IsAcquired);
    }

    [Fact]
    public async Task A_pause_beyond_the_longest_refuses_new_calls_and_those_that_wait_until_little_is_left()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions { CallLimit = 1 }, _clock);
        using RateLimitLease first = await limiter.AcquireAsync();
        Task<RateLimitLease> waiting = limiter.AcquireAsync().AsTask();

        limiter.Pause(TimeSpan.FromHours(20));
        AssertRefused(await waiting, TimeSpan.FromHours(20));
        _clock.Advance(TimeSpan.FromHours(1));
        AssertRefused(await limiter.AcquireAsync(), TimeSpan.FromHours(19));

        first.Dispose();
        _clock.Advance(TimeSpan.FromHours(18.9));
        Task<RateLimitLease> late = limiter.AcquireAsync().AsTask();
        Assert.False(late.IsCompleted);
        _clock.Advance(TimeSpan.FromHours(0.1));
        Assert.True((await late).IsAcquired);
    }

    [Fact]
    public async Task Another_limit_counts_the_calls_before_and_holds_for_those_that_wait()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions { CallLimit = 3, Margin = TimeSpan.Zero }, _clock);
        (await limiter.AcquireAsync()).Dispose();
        (await limiter.AcquireAsync()).Dispose();

        limiter.Change(new CallRateLimiterOptions { CallLimit = 2, Margin = TimeSpan.Zero });
        Task<RateLimitLease> waiting = limiter.AcquireAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        limiter.Change(new CallRateLimiterOptions { CallLimit = 3, Margin = TimeSpan.Zero });

        Assert.True((await waiting).IsAcquired);
    }

    [Fact]
    public async Task Many_threads_together_stay_within_the_limit()
    {
        using var limiter = new CallRateLimiter(new CallRateLimiterOptions { CallLimit = 10, Margin = TimeSpan.Zero }, _clock);
        var times = new System.Collections.Concurrent.ConcurrentQueue<DateTimeOffset>();
        Task all = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            foreach (int _ in Enumerable.Range(0, 25))
            {
                using RateLimitLease lease = await limiter.AcquireAsync();
                times.Enqueue(_clock.GetUtcNow());
            }
        })));

        await _clock.RunUntil(all.ContinueWith(_ => true, TaskScheduler.Default));

        Assert.Equal(200, times.Count);
        Assert.InRange(MostInWindow([.. times.Order()]), 1, 10);
    }

    [Fact]
    public async Task Disposing_releases_the_waiters_without_a_lease()
    {
        var limiter = new CallRateLimiter(new CallRateLimiterOptions { CallLimit = 1 }, _clock);
        RateLimitLease first = await limiter.AcquireAsync();
        Task<RateLimitLease> waiter = limiter.AcquireAsync().AsTask();

        limiter.Dispose();

        Assert.False((await waiter).IsAcquired);
        first.Dispose();
    }

    private static void AssertRefused(RateLimitLease lease, TimeSpan left)
    {
        Assert.False(lease.IsAcquired);
        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan retryAfter));
        Assert.Equal(left, retryAfter);
    }

    private static (TimeSpan Out, TimeSpan Back) Latency(string model, Random random, int call)
    {
        (double there, double back) = model switch
        {
            "steady" => (20d, 280d),
            "jitter" => (random.Next(0, 50), random.Next(200, 400)),
            "wide" => (random.Next(0, 500), random.Next(0, 500)),
            "heavy tail" => (random.Next(20) == 0 ? 2_000 : 20, random.Next(30) == 0 ? 3_000 : 280),
            "cold start" => call < 16 ? (900, 280) : (20, 280),
            _ => call % 2 == 0 ? (400, 50) : (50, 50),
        };
        return (TimeSpan.FromMilliseconds(there), TimeSpan.FromMilliseconds(back));
    }

    private static int MostInWindow(List<DateTimeOffset> arrivals)
    {
        arrivals.Sort();
        int most = 0;
        int oldest = 0;
        for (int i = 0; i < arrivals.Count; i++)
        {
            while (arrivals[oldest] + Window <= arrivals[i])
            {
                oldest++;
            }

            most = Math.Max(most, i - oldest + 1);
        }

        return most;
    }
}
