using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using InboundProvisioning.Conversion;
using InboundProvisioning.Mapping;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Sync;

/// <summary>What -Verbose tells of a run, a sentence for each step; what is said in the course of a step, its own part says.</summary>
internal static class RunStory
{
    /// <summary>What people are made of.</summary>
    public static string Of(AttributeMapping mapping) => Text(
        "The mapping gives {0} from {1}{2}.",
        Count(mapping.Root.Attributes.Count, "attribute", "attributes"),
        Count(mapping.Columns.Count, "column", "columns"),
        mapping.RunsScript ? ", some by scripts" : string.Empty);

    /// <summary>What was read.</summary>
    /// <param name="files">The files; none where the records came down the pipeline.</param>
    /// <param name="summary">What they held.</param>
    public static string Of(IReadOnlyList<string> files, ConversionSummary summary)
    {
        string source = files.Count switch
        {
            0 => "The input",
            1 => Text("{0} of {1:yyyy-MM-dd HH:mm}", files[0], File.GetLastWriteTime(files[0])),
            _ => Text("{0:N0} files, the newest of {1:yyyy-MM-dd HH:mm},", files.Count, files.Max(File.GetLastWriteTime)),
        };
        return Text("{0} had {1}; {2:N0} rejected.", source, Count(summary.Rows, "row", "rows"), summary.RejectedRows);
    }

    /// <summary>What the comparison with the state came to.</summary>
    public static string Of(ProvisioningPlan plan) => Text(
        "Beside the state {0:N0} are new, {1:N0} changed, {2:N0} active again, {3:N0} not active any more, {4:N0} as they were; {5:N0} are missing, {6:N0} held back, {7:N0} waiting.",
        plan.New, plan.Changed, plan.Reactivated, plan.Deactivated, plan.Unchanged, plan.Missing, plan.Held, plan.Waiting);

    /// <summary>What the safeguards say.</summary>
    public static string Safeguards(ProvisioningPlan plan, bool isStopped)
    {
        if (plan.Stops.Count == 0)
        {
            return $"No safeguard stands in the way of plan {plan.PlanId}.";
        }

        string stops = string.Join(", ", plan.Stops.Select(static stop => stop.Allowed is long allowed
            ? Text("{0} ({1:N0}, allowed {2:N0})", stop.Name, stop.Count, allowed)
            : Text("{0} ({1:N0})", stop.Name, stop.Count)));
        return $"Plan {plan.PlanId} is {(isStopped ? "stopped" : "held back in part")} by {stops}.";
    }

    /// <summary>How it ended.</summary>
    public static string Of(SyncResult result) => Text(
        "{0} with exit code {1} after {2:N1} s: {3} accepted of {4:N0} sent in {5}, {6:N0} refused, {7:N0} left; {8} left of the day.{9}",
        result.Status,
        result.ExitCode,
        result.Duration.TotalSeconds,
        Count(result.Accepted, "record", "records"),
        result.Sent,
        Count(result.Calls, "call", "calls"),
        result.Refused,
        result.Left,
        Count(result.CallsLeft, "call", "calls"),
        result.RunId == 0 ? string.Empty : Text(" The state keeps it as run {0}.", result.RunId));

    private static string Count(long number, string one, string many) => Text("{0:N0} {1}", number, number == 1 ? one : many);

    private static string Text(string format, params object?[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);
}
