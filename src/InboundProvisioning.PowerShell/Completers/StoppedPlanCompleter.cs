using System.Collections;
using System.Collections.Generic;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the plans of the last stopped runs of the state of -StatePath, where it is a file.</summary>
public sealed class StoppedPlanCompleter : ValueCompleter
{
    private const int Most = 30;

    private protected override IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given)
    {
        foreach (string path in GivenPaths.Of(given, "StatePath", isLiteral: true))
        {
            foreach (ProvisioningRun run in ProvisioningRun.Read(StateLocation.OfFile(path), Most))
            {
                if (run is { PlanId: { } plan, Status: nameof(SyncStatus.Stopped) })
                {
                    yield return (plan, $"stopped on {run.StartedOn.ToLocalTime():yyyy-MM-dd HH:mm}");
                }
            }
        }
    }
}
