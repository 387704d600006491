using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the numbers of the last runs of the state of -StatePath, where it is a file.</summary>
public sealed class KnownRunCompleter : ValueCompleter
{
    private const int Most = 30;

    private protected override IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given)
    {
        foreach (string path in GivenPaths.Of(given, "StatePath", isLiteral: true))
        {
            foreach (ProvisioningRun run in ProvisioningRun.Read(StateLocation.OfFile(path), Most))
            {
                yield return (run.RunId.ToString(CultureInfo.InvariantCulture), $"{run.StartedOn.ToLocalTime():yyyy-MM-dd HH:mm} {run.Status}");
            }
        }
    }
}
