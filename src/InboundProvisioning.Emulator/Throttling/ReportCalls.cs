using System;
using System.Threading;

namespace InboundProvisioning.Emulator.Throttling;

/// <summary>
/// Counts the calls that read logs: 5 requests in 10 seconds for an app in a tenant.
/// https://learn.microsoft.com/graph/throttling-limits#identity-and-access-reports-service-limits
/// </summary>
internal sealed class ReportCalls(bool limited, TimeProvider clock)
{
    private const int CallsInTenSeconds = 5;

    private readonly Lock _lock = new();
    private readonly SlidingWindow _tenSeconds = new(TimeSpan.FromSeconds(10));

    /// <summary>Counts a call that has just arrived.</summary>
    /// <returns>How long the client should wait before it calls again, when this call is past the limit; else null.</returns>
    public TimeSpan? Arrive()
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            _tenSeconds.Add(now);
            return !limited || _tenSeconds.Count <= CallsInTenSeconds ? null : _tenSeconds.WaitFor(CallsInTenSeconds, now);
        }
    }
}
