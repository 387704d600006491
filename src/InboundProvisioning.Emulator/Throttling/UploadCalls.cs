using System;
using System.Threading;

namespace InboundProvisioning.Emulator.Throttling;

/// <summary>
/// Counts the calls to bulkUpload and says which are too many:
/// https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-issues#too-many-requests-429-response-code
/// (40 calls per 5 seconds; the quota "over a 24-hour period", so a sliding day). A call counts when it arrives and whatever becomes of it,
/// as "all requests accrue against your usage limits": https://learn.microsoft.com/graph/throttling#best-practices-to-handle-throttling
/// </summary>
internal sealed class UploadCalls(bool limited, int callsInOneDay, TimeProvider clock)
{
    public const int CallsInFiveSeconds = 40;

    private readonly Lock _lock = new();
    private readonly SlidingWindow _fiveSeconds = new(TimeSpan.FromSeconds(5));
    private readonly SlidingWindow _day = new(TimeSpan.FromDays(1));
    private UploadCounts _counts = new();

    /// <summary>https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-concepts#usage-limits</summary>
    public const int CallsInOneDayWithP1 = 2_000;
    public const int CallsInOneDayWithGovernance = 6_000;

    public UploadCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return _counts;
            }
        }
    }

    public DailyQuota Quota
    {
        get
        {
            lock (_lock)
            {
                int calls = _day.CountAt(clock.GetUtcNow());
                return new DailyQuota(limited, callsInOneDay, calls, Math.Max(0, callsInOneDay - calls));
            }
        }
    }

    /// <summary>Counts a call that has just arrived.</summary>
    /// <returns>How long the client should wait before it calls again, when this call is past a limit; else null.</returns>
    public TimeSpan? Arrive()
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            _fiveSeconds.Add(now);
            _day.Add(now);
            _counts = _counts with
            {
                Calls = _counts.Calls + 1,
                MostCallsInFiveSeconds = Math.Max(_counts.MostCallsInFiveSeconds, _fiveSeconds.Count),
            };

            if (!limited || (_fiveSeconds.Count <= CallsInFiveSeconds && _day.Count <= callsInOneDay))
            {
                return null;
            }

            TimeSpan shortWait = _fiveSeconds.WaitFor(CallsInFiveSeconds, now);
            TimeSpan longWait = callsInOneDay == 0 ? TimeSpan.FromDays(1) : _day.WaitFor(callsInOneDay, now);
            return shortWait > longWait ? shortWait : longWait;
        }
    }

    public void Accepted(int operations)
    {
        lock (_lock)
        {
            _counts = _counts with { Operations = _counts.Operations + operations };
        }
    }

    public void AnswerLost()
    {
        lock (_lock)
        {
            _counts = _counts with { LostAnswers = _counts.LostAnswers + 1 };
        }
    }

    public void Refused()
    {
        lock (_lock)
        {
            _counts = _counts with { RefusedCalls = _counts.RefusedCalls + 1 };
        }
    }
}
