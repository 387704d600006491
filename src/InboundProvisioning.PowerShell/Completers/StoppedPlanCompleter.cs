using System.Collections;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the plans of the last stopped runs of the state of -StatePath, where it is a file.</summary>
public sealed class StoppedPlanCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given) =>
        from run in KnownRunCompleter.Runs(given)
        where run is { PlanId: not null, Status: nameof(SyncStatus.Stopped) }
        select (run.PlanId, $"stopped on {run.StartedOn.ToLocalTime():yyyy-MM-dd HH:mm}");
}
