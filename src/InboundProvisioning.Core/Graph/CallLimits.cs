using System;
using System.Globalization;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;

namespace InboundProvisioning.Graph;

/// <summary>The limits of one kind of call: so many in a sliding window, and, where the user sets it, so many in 24 hours.</summary>
public sealed class CallLimits : IDisposable
{
    private readonly CallRateLimiter _window;
    private readonly CallRateLimiter _day;
    private readonly bool _isShare;
    private int? _callsPerDay;
    private int _left = int.MaxValue;

    /// <summary>Sets the limits.</summary>
    /// <param name="options">The sliding window: calls wait for their place in it.</param>
    /// <param name="callsPerDay">The most calls in any 24 hours, counted since the limits were made: a call beyond it is a fault. Null: no limit.</param>
    /// <param name="time">The clock.</param>
    public CallLimits(CallRateLimiterOptions options, int? callsPerDay, TimeProvider time)
    {
        _window = new CallRateLimiter(options, time);
        _day = new CallRateLimiter(Day(callsPerDay), time);
        _callsPerDay = callsPerDay;
    }

    private CallLimits(CallLimits whole, int calls)
    {
        _window = whole._window;
        _day = whole._day;
        _callsPerDay = whole._callsPerDay;
        _isShare = true;
        _left = calls;
    }

    /// <summary>The same limits, which count together, with so many calls at the most: <c>DailyCallLimitReached</c> beyond.</summary>
    /// <param name="calls">The calls, each attempt one.</param>
    public CallLimits Within(int calls) => new(this, calls);

    /// <summary>Sets other limits, also for those who wait. Calls that were made before count in them.</summary>
    /// <inheritdoc cref="CallLimits(CallRateLimiterOptions, int?, TimeProvider)"/>
    public void Change(CallRateLimiterOptions options, int? callsPerDay)
    {
        _window.Change(options);
        _day.Change(Day(callsPerDay));
        _callsPerDay = callsPerDay;
    }

    /// <summary>Waits until a call may go; the lease is disposed when its answer has come.</summary>
    /// <exception cref="InboundProvisioningException">
    /// <c>DailyCallLimitReached</c>; or <c>LimitReached</c>, where the service has asked for a pause of more than
    /// <see cref="CallRateLimiterOptions.LongestPause"/>.
    /// </exception>
    public async ValueTask<IDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        RateLimitLease lease = await _window.AcquireAsync(permitCount: 1, cancellationToken).ConfigureAwait(false);
        if (lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan left))
        {
            throw new InboundProvisioningException(
                "LimitReached",
                FaultKind.LimitReached,
                "The limit of calls is reached: the service has asked to wait, and " + GraphFault.WaitText(left)
                    + " of that is left. Send the rest then.");
        }

        using RateLimitLease day = _day.AttemptAcquire();
        if (!day.IsAcquired || (_isShare && Interlocked.Decrement(ref _left) < 0))
        {
            lease.Dispose();
            throw new InboundProvisioningException(
                "DailyCallLimitReached",
                FaultKind.LimitReached,
                "The limit of " + (_isShare ? string.Empty : _callsPerDay?.ToString(CultureInfo.InvariantCulture) + " ")
                    + "calls in 24 hours (-DailyCallLimit) is reached. Send the rest later.");
        }

        return lease;
    }

    /// <summary>Lets no call go for a while. When it is long, the calls that wait fail as in <see cref="AcquireAsync"/>.</summary>
    public void Pause(TimeSpan duration) => _window.Pause(duration);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isShare)
        {
            return;
        }

        _window.Dispose();
        _day.Dispose();
    }

    private static CallRateLimiterOptions Day(int? callsPerDay) =>
        new() { CallLimit = callsPerDay ?? int.MaxValue, Window = TimeSpan.FromDays(1), Margin = TimeSpan.Zero };
}
