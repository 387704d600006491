using System;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>
/// A record that failed and is tried again, less and less often: "the first retry will happen in 6 hours", the second and third 12 and 24 hours
/// after the first failure, then "every 24 hours", "for 28 days after the first failure after which the escrow entry is removed":
/// https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-quarantine-status
/// The page goes on "and the job is disabled", which is taken as said of a job in quarantine, and not done here.
/// </summary>
/// <param name="User">The record.</param>
/// <param name="FirstFailure">When it failed first.</param>
/// <param name="NextAttempt">The first run from then on tries it again.</param>
internal sealed record Escrow(JsonElement User, DateTimeOffset FirstFailure, DateTimeOffset NextAttempt)
{
    private static readonly TimeSpan[] FirstDay = [TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24)];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(28);

    /// <summary>A record that has failed now, or null when it is not tried again.</summary>
    public static Escrow? After(JsonElement user, DateTimeOffset firstFailure, DateTimeOffset now)
    {
        TimeSpan past = now - firstFailure;
        TimeSpan next = Array.Find(FirstDay, wait => wait > past);
        if (next == default)
        {
            next = TimeSpan.FromDays(Math.Floor(past.TotalDays) + 1);
        }

        return next > Longest ? null : new Escrow(user, firstFailure, firstFailure + next);
    }
}
