using System;
using System.Collections;
using System.Collections.Generic;
using InboundProvisioning.PowerShell.Mapping;

namespace InboundProvisioning.PowerShell.Schema;

/// <summary>Reads a parameter that takes a hashtable from names to names.</summary>
internal static class NamePairs
{
    /// <summary>The pairs; none where the parameter is not given.</summary>
    /// <param name="pairs">What was given, or null.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="errorId">The id of the fault.</param>
    /// <param name="example">An entry as it should be.</param>
    /// <exception cref="InboundProvisioningException">An entry is no pair of names.</exception>
    public static IReadOnlyDictionary<string, string> Read(IDictionary? pairs, string parameter, string errorId, string example)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in pairs ?? new Hashtable())
        {
            names[entry.Key as string ?? string.Empty] = entry.Key is string { Length: > 0 } && PowerShellValue.Unwrap(entry.Value) is string { Length: > 0 } name
                ? name
                : throw new InboundProvisioningException(
                    errorId, FaultKind.InvalidArgument, $"-{parameter} takes names: @{{ {example} }}. The entry '{entry.Key}' has none.", entry.Key);
        }

        return names;
    }
}
