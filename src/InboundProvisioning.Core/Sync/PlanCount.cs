using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>Counts what goes, what is held back and what waits, and puts last what only a changed mapping brings.</summary>
internal static class PlanCount
{
    private const string WaitingReason = "it waits for another change: -MappingChange Lazy";

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
        long lasting = 0;
        foreach ((long key, _, string? reason) in changes.Entries.Where(static change => change.Kind != ChangeKind.Same))
        {
            switch (reason)
            {
                case null:
                    toSend++;
                    lasting += plan.Mapping.Handling == MappingChangeHandling.Spread && byMapping.Contains(key) ? 1 : 0;
                    break;
                case WaitingReason:
                    waiting++;
                    break;
                default:
                    held++;
                    break;
            }
        }

        return plan with { ToSend = toSend, Held = held, Waiting = waiting, Lasting = lasting };
    }
}
