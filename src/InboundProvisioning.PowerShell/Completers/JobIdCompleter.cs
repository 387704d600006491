using System.Collections;
using System.Collections.Generic;
using InboundProvisioning.PowerShell.Connections;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes ids of jobs that the session has shown.</summary>
public sealed class JobIdCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given) => SessionIds.Current.Jobs;
}
