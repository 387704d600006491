using System;

namespace InboundProvisioning.State;

/// <summary>How long a state keeps what is no longer needed to decide anything.</summary>
internal static class StateRetention
{
    private static readonly TimeSpan Runs = TimeSpan.FromDays(400);
    private static readonly TimeSpan Requests = TimeSpan.FromDays(60);
    private static readonly TimeSpan Calls = TimeSpan.FromDays(2);
    private static readonly TimeSpan Plans = TimeSpan.FromDays(30);

    /// <summary>Deletes what is older.</summary>
    public static void Apply(Action<string> run, DateTimeOffset now)
    {
        run(FormattableString.Invariant($"DELETE FROM call WHERE at < {(now - Calls).ToUnixTimeMilliseconds()}"));
        run(FormattableString.Invariant($"DELETE FROM run WHERE started_at < {(now - Runs).ToUnixTimeMilliseconds()}"));
        run(FormattableString.Invariant($"DELETE FROM request WHERE state IN (2, 4) AND answered_at < {(now - Requests).ToUnixTimeMilliseconds()}"));
        run(FormattableString.Invariant($"DELETE FROM plan WHERE created_at < {(now - Plans).ToUnixTimeMilliseconds()}"));
        run("DELETE FROM concern WHERE plan NOT IN (SELECT id FROM plan)");
        run("DELETE FROM approval WHERE plan NOT IN (SELECT id FROM plan)");
    }
}
