using System.Collections;
using System.Collections.Generic;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes paths of SCIM attributes: of the core user, and of the enterprise user under its URN.</summary>
public sealed class ScimAttributeCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given)
    {
        foreach ((string path, ScimAttribute attribute) in ScimSchemas.Paths())
        {
            yield return (path, $"{attribute.Type}{(attribute.MultiValued ? ", several values" : string.Empty)}");
        }
    }
}
