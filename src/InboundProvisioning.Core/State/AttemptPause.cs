using System;

namespace InboundProvisioning.State;

/// <summary>
/// How long a record that failed waits before it is sent again: until the next night, then two, four and eight nights. The service
/// itself tries for 28 days what it has accepted (https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works),
/// and what was sent again too early would only be a second try of the same hour.
/// </summary>
internal static class AttemptPause
{
    // A night is not always at the same hour.
    private const double HalfNight = 0.5;

    /// <summary>When a record may go again that failed for the nth time.</summary>
    /// <param name="failedOn">When it failed; what the logs say, who may say anything.</param>
    /// <param name="attempts">How often it was sent.</param>
    public static DateTimeOffset After(DateTimeOffset failedOn, int attempts)
    {
        var pause = TimeSpan.FromDays(Math.Pow(2, Math.Min(attempts, 6) - 1) - HalfNight);
        return failedOn < DateTimeOffset.MaxValue - pause ? failedOn + pause : DateTimeOffset.MaxValue;
    }
}
