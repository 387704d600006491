using System.Text.RegularExpressions;

namespace InboundProvisioning.Schema;

/// <summary>The names that SCIM allows.</summary>
public static class SchemaName
{
    // RFC 8141, section 2: "urn:" NID ":" NSS, without the components that begin with ? and #, which name no schema.
    private static readonly Regex UrnForm = new(
        @"\A[uU][rR][nN]:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*\z",
        RegexOptions.CultureInvariant);

    // RFC 7643, section 2.1: ATTRNAME = ALPHA *(nameChar), nameChar = "$" / "-" / "_" / DIGIT / ALPHA.
    private static readonly Regex AttributeForm = new(@"\A[A-Za-z][A-Za-z0-9$_-]*\z", RegexOptions.CultureInvariant);

    /// <summary>Checks the URN of an extension: RFC 8141, and not that of SCIM's own core schemas.</summary>
    /// <exception cref="InboundProvisioningException"><c>InvalidSchemaUrn</c>.</exception>
    public static void RequireUrn(string urn)
    {
        if (!UrnForm.IsMatch(urn) || urn[urn.Length - 1] == ':')
        {
            throw new InboundProvisioningException(
                "InvalidSchemaUrn",
                FaultKind.InvalidArgument,
                $"'{urn}' is no URN (RFC 8141). Give one such as urn:ietf:params:scim:schemas:extension:contoso:1.0:User, without a colon at its end.",
                urn);
        }

        if (urn.StartsWith("urn:ietf:params:scim:schemas:core:", System.StringComparison.OrdinalIgnoreCase))
        {
            throw new InboundProvisioningException(
                "InvalidSchemaUrn",
                FaultKind.InvalidArgument,
                $"'{urn}' is a core schema of SCIM, whose attributes are fixed. Give a URN of your own, such as urn:ietf:params:scim:schemas:extension:contoso:1.0:User.",
                urn);
        }
    }

    /// <summary>Whether SCIM allows the name of an attribute: a letter, then letters, digits, <c>$</c>, <c>-</c> and <c>_</c>.</summary>
    public static bool IsAttributeName(string name) => AttributeForm.IsMatch(name);

    /// <summary>The name of an extension's attribute in a synchronization schema.</summary>
    public static string Qualify(string urn, string attribute) => urn + ":" + attribute;
}
