using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Sync;

/// <summary>Counts what goes, what is held back and what waits, and puts last what only a changed mapping brings.</summary>
internal static class PlanCount
{
    private const string WaitingReason = "it waits for another change: -MappingChange Lazy";

    public static SyncPlan Of(IChangeStore changes, SyncPlan plan)
    {
        HashSet<long> byMapping = plan.Mapping.People;
        if (plan.Mapping.Handling == MappingChangeHandling.Lazy)
        {
            changes.Hold(byMapping, WaitingReason);
        }
        else if (plan.Mapping.Handling == MappingChangeHandling.Spread)
        {
            changes.SetDepths(byMapping.Select(static key => (key, 1)));
        }

        long toSend = 0;
        long held = 0;
        long waiting = 0;
        long lasting = 0;
        foreach (StoredChange change in changes.All().Where(static change => change.Kind != (int)ChangeKind.Same))
        {
            switch (change.Held)
            {
                case null:
                    toSend++;
                    lasting += plan.Mapping.Handling == MappingChangeHandling.Spread && byMapping.Contains(change.Key) ? 1 : 0;
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
