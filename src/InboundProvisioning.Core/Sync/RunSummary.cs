using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Sync;

/// <summary>The numbers of a result, as a state keeps them: no ids, no values.</summary>
internal sealed record RunSummary(
    int ExitCode,
    long Rows,
    long Rejected,
    long New,
    long Changed,
    long Reactivated,
    long Deactivated,
    long Unchanged,
    long Missing,
    long Held,
    long Sent,
    long Accepted,
    long Refused,
    long Left,
    int Calls,
    IReadOnlyList<string> Stops,
    long Waiting = 0,
    long Again = 0,
    long Failed = 0)
{
    public static RunSummary Of(SyncResult result) => new(
        result.ExitCode,
        result.Rows,
        result.Rejected,
        result.New,
        result.Changed,
        result.Reactivated,
        result.Deactivated,
        result.Unchanged,
        result.Missing,
        result.Held,
        result.Sent,
        result.Accepted,
        result.Refused,
        result.Left,
        result.Calls,
        [.. result.Stops.Select(static stop => stop.Name)],
        result.Waiting,
        result.Again,
        result.Outcome?.Failed ?? 0);
}
