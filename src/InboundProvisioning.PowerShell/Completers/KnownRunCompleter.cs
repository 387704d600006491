using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.State;
using InboundProvisioning.Sync;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the numbers of the last runs of the state of -StatePath, where it is a file.</summary>
public sealed class KnownRunCompleter : ValueCompleter
{
    private const int Most = 30;

    /// <summary>The last runs of the state that a command line names so far.</summary>
    internal static IEnumerable<ProvisioningRun> Runs(IDictionary given) =>
        GivenPaths.Of(given, "StatePath", isLiteral: true).SelectMany(static path => ProvisioningRun.Read(StateLocation.OfFile(path), Most));

    private protected override IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given) =>
        Runs(given).Select(static run => (run.RunId.ToString(CultureInfo.InvariantCulture), $"{run.StartedOn.ToLocalTime():yyyy-MM-dd HH:mm} {run.Status}"));
}
