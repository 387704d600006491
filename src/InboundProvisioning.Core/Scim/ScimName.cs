using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Scim;

/// <summary>The names that SCIM allows.</summary>
public static class ScimName
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

        if (urn.StartsWith("urn:ietf:params:scim:schemas:core:", StringComparison.OrdinalIgnoreCase))
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

    /// <summary>
    /// A name that SCIM allows in place of one that it does not: what is not allowed is left out, and a letter behind it is a capital
    /// one (<c>hire date</c> gives <c>hireDate</c>). Null where nothing is left.
    /// </summary>
    public static string? Propose(string name)
    {
        var proposed = new StringBuilder(name.Length);
        bool isGap = false;

        // Accents are marks of their own in this form, and go.
        foreach (char character in name.Normalize(NormalizationForm.FormD))
        {
            if (!IsAllowed(character, isFirst: proposed.Length == 0))
            {
                isGap |= CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark;
                continue;
            }

            proposed.Append(isGap && proposed.Length > 0 ? char.ToUpperInvariant(character) : character);
            isGap = false;
        }

        return proposed.Length > 0 ? proposed.ToString() : null;
    }

    /// <summary>The name of an extension's attribute with its URN, as RFC 7644, section 3.10, and a synchronization schema have it.</summary>
    public static string Qualify(string urn, string attribute) => urn + ":" + attribute;

    private static bool IsAllowed(char character, bool isFirst) =>
        character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') || (!isFirst && character is (>= '0' and <= '9') or '$' or '-' or '_');
}
