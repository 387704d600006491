using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.Sync;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.PowerShell.Sync;

/// <summary>
/// Words a stop: all of it in the first night and where it is about other people, one line in those after it. Several stops of a plan have one
/// approval, which the last of them names.
/// </summary>
internal static class StopMessage
{
    /// <summary>The stops of a plan, each as a fault.</summary>
    public static IEnumerable<InboundProvisioningException> Of(ProvisioningPlan plan, string statePath, bool sent)
    {
        SafeguardStop? last = plan.Stops.LastOrDefault(static stop => stop.CanBeApproved);
        bool isOne = plan.Stops.Count(static stop => stop.CanBeApproved) == 1;
        return plan.Stops.Select(stop => Of(stop, sent, stop == last ? (isOne ? "If it is right: " : "If all of it is right: ") + PlanApprovals.Command(statePath, plan.PlanId) : string.Empty));
    }

    private static InboundProvisioningException Of(SafeguardStop stop, bool sent, string approval)
    {
        string fate = sent ? "These were held back, the others sent." : "Nothing was sent.";
        var lines = new List<string> { stop.Reason + " " + fate };
        if (stop.Since is DateTimeOffset since)
        {
            lines[0] = string.Format(CultureInfo.InvariantCulture, "{0} It has been so since {1:u}.", lines[0], since.UtcDateTime);
        }

        if (!stop.IsRepeated)
        {
            if (stop.ExternalIds.Count > 0)
            {
                lines.Add("People: " + string.Join(", ", stop.ExternalIds) + (stop.Count > stop.ExternalIds.Count
                    ? string.Format(CultureInfo.InvariantCulture, " and {0:N0} more", stop.Count - stop.ExternalIds.Count)
                    : string.Empty) + ".");
            }

            if (stop.Attributes.Count > 0)
            {
                lines.Add("Attributes: " + string.Join(", ", stop.Attributes) + ".");
            }
        }

        string separator = stop.IsRepeated ? " " : Environment.NewLine;
        if (stop.Remedy is string remedy)
        {
            lines.Add(remedy);
        }

        lines.Add(approval);
        return new InboundProvisioningException(stop.ErrorId, FaultKind.Refused, string.Join(separator, lines.Where(static line => line.Length > 0)), stop);
    }

    /// <summary>What a run would do, in one line for -WhatIf and -Confirm.</summary>
    public static string Summary(ProvisioningPlan plan) => string.Format(
        CultureInfo.InvariantCulture,
        "Send {0:N0} {11} in {1:N0} {12}: {2:N0} new, {3:N0} changed, {4:N0} reactivated, {5:N0} deactivated; {6:N0} unchanged, {7:N0} missing, {8:N0} rejected, {9:N0} held back{10}",
        plan.Records,
        plan.Calls,
        plan.New,
        plan.Changed,
        plan.Reactivated,
        plan.Deactivated,
        plan.Unchanged,
        plan.Missing,
        plan.Rejected,
        plan.Held,
        plan.Stops.Count == 0 ? string.Empty : "; would be stopped by " + string.Join(", ", plan.Stops.Select(static stop => stop.Name)),
        plan.Records == 1 ? "record" : "records",
        plan.Calls == 1 ? "call" : "calls");
}
