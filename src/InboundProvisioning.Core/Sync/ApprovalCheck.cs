using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>Lets pass what was approved: those people and changes, or fewer of them. What goes beyond stops as before.</summary>
internal static class ApprovalCheck
{
    /// <summary>The stops that remain, and the approvals that let others pass.</summary>
    public static (List<SafeguardStop> Stops, HashSet<string> Approvals) Of(IProvisioningState state, IReadOnlyList<SafeguardStop> stops, DateTimeOffset now)
    {
        IReadOnlyList<PlanApproval> approvals = stops.Any(static stop => stop.CanBeApproved) ? state.Approvals(now) : [];
        var left = new List<SafeguardStop>();
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (SafeguardStop stop in stops)
        {
            SafeguardStop? beyond = stop;
            foreach (PlanApproval approval in stop.CanBeApproved ? approvals : [])
            {
                if (state.Concerns(approval.PlanId, stop.Name) is { } approved)
                {
                    beyond = Beyond(stop, approved, approval);
                    if (beyond is null)
                    {
                        used.Add(approval.PlanId);
                        break;
                    }
                }
            }

            if (beyond is not null)
            {
                left.Add(beyond);
            }
        }

        return (left, used);
    }

    private static SafeguardStop? Beyond(SafeguardStop stop, HashSet<long> approved, PlanApproval approval)
    {
        long more = stop.IsAmount ? Math.Max(0, stop.Count - approved.Max()) : stop.Concerns.Count(item => !approved.Contains(item));
        return more == 0
            ? null
            : stop with
            {
                ErrorId = "PlanExceedsApproval",
                Reason = stop.Reason + string.Format(CultureInfo.InvariantCulture, " {0:N0} of these are not in the plan {1}, which {2} approved.", more, approval.PlanId, approval.ApprovedBy),
            };
    }
}
