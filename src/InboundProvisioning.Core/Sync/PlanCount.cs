using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>Counts what goes, what is held back and what waits, and puts last what only a changed mapping brings.</summary>
internal static class PlanCount
{
    public const string WaitingReason = "it waits for another change: -MappingChange Lazy";

    public static SyncPlan Of(ChangeStore changes, SyncPlan plan)
    {
        HashSet<long> byMapping = plan.Mapping.People;
        if (plan.Mapping.Handling == MappingChangeHandling.Lazy)
        {
            changes.Hold(byMapping, WaitingReason);
        }
        else if (plan.Mapping.Handling == MappingChangeHandling.Spread)
        {
            changes.SetDepths(byMapping.ToDictionary(static key => key, static _ => 1));
        }

        long toSend = 0;
        long held = 0;
        long waiting = 0;
        foreach ((_, _, string? reason) in changes.Entries.Where(static change => change.Kind != ChangeKind.Same))
        {
            switch (reason)
            {
                case null:
                    toSend++;
                    break;
                case WaitingReason:
                    waiting++;
                    break;
                default:
                    held++;
                    break;
            }
        }

        return plan with { ToSend = toSend, Held = held, Waiting = waiting };
    }
}
