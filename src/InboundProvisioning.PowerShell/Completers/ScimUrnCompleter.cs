using System.Collections;
using System.Collections.Generic;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Completers;

/// <summary>Completes URNs of extensions: the enterprise user, and the form that one of your own has.</summary>
public sealed class ScimUrnCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(string word, IDictionary given) =>
    [
        ("urn:ietf:params:scim:schemas:extension:csv:1.0:User", "An extension of your own; put your name in the place of csv."),
        (ScimSchemas.EnterpriseUserUrn, "The enterprise user of RFC 7643."),
    ];
}
