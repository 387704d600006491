using System;
using InboundProvisioning.State;

namespace InboundProvisioning.Sync;

/// <summary>Approvals of plans that a safeguard has stopped.</summary>
public static class PlanApprovals
{
    /// <summary>The command that approves a plan, but for the reason.</summary>
    /// <param name="statePath">The state as it may be shown.</param>
    /// <param name="planId">The plan.</param>
    public static string Command(string statePath, string planId) =>
        $"Approve-ProvisioningPlan -StatePath '{statePath.Replace("'", "''")}' -Id {planId} -Reason '<why>'";

    /// <summary>Lets a plan pass once: its people and changes, or fewer of them.</summary>
    /// <param name="statePath">The state, whose run was stopped.</param>
    /// <param name="planId">The plan, as the stop names it.</param>
    /// <param name="approvedBy">Who approves it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="expires">For how long it counts.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InboundProvisioningException"><c>PlanNotFound</c>, <c>StateNotFound</c>, and what is wrong with the file.</exception>
    public static PlanApproval Approve(StateLocation statePath, string planId, string approvedBy, string reason, TimeSpan expires, TimeProvider time)
    {
        using SqliteState state = StateAccess.OpenToWrite(statePath, time);
        string id = planId.Trim().ToUpperInvariant();
        if (!state.HasPlan(id))
        {
            throw new InboundProvisioningException(
                "PlanNotFound",
                FaultKind.NotFound,
                $"No run of the state {statePath} was stopped with the plan '{planId}'. The error of the stop, and PlanId of the result, name it. A fault of the source cannot be approved, only mended.",
                planId);
        }

        DateTimeOffset now = time.GetUtcNow();
        var approval = new PlanApproval { PlanId = id, ApprovedBy = approvedBy, ApprovedOn = now, ExpiresOn = now + expires, Reason = reason };
        state.Approve(approval);
        return approval;
    }
}
