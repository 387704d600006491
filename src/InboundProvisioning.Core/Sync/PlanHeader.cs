using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>What a plan file says of itself.</summary>
internal sealed record PlanHeader(
    string Format, string PlanId, DateTimeOffset CreatedOn, long Rows, long Rejected, long Missing, long Unchanged, long Records, long Lines, IReadOnlyList<string> Stops)
{
    /// <summary>What stopped the plan when it was made, is not seen in its changes, and was not approved.</summary>
    public IEnumerable<SafeguardStop> StopsLeft(IProvisioningState state, IReadOnlyList<SafeguardStop> seen, DateTimeOffset now)
    {
        bool isApproved = state.Approvals(now).Any(approval => string.Equals(approval.PlanId, PlanId, StringComparison.OrdinalIgnoreCase));
        return Stops
            .Where(name => !seen.Any(stop => stop.Name == name) && !(isApproved && state.Concerns(PlanId, name) is not null))
            .Select(name => new SafeguardStop
            {
                Name = name,
                ErrorId = "PlanStopped",
                Reason = $"{name} stopped the plan when it was made, and was not approved.",
                CanBeApproved = false,
                Remedy = "Run Sync-InboundProvisioning with the source: it says what is wrong and how to approve it.",
            });
    }
}
