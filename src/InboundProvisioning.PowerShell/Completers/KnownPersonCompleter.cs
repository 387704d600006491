using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using InboundProvisioning.Outcomes;
using InboundProvisioning.State;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes the externalIds of the state of -StatePath, where it is a file. A large one is looked at for half a second.</summary>
public sealed class KnownPersonCompleter : ValueCompleter
{
    private const int Most = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    private protected override IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given)
    {
        var people = new List<(string, string)>();
        var watch = Stopwatch.StartNew();
        foreach (string path in GivenPaths.Of(given, "StatePath", isLiteral: true))
        {
            KnownRecords.Read(StateLocation.OfFile(path), externalIds: null, new RecordSelection(), record =>
            {
                if (record.ExternalId.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                {
                    people.Add((record.ExternalId, record.Status.ToString()));
                }

                return people.Count < Most && watch.Elapsed < Patience;
            });
        }

        return people;
    }
}
