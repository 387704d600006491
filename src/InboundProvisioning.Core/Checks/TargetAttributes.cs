using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Applications;

namespace InboundProvisioning.Checks;

/// <summary>The attributes of a directory of which something is published. Names are compared without regard to case.</summary>
internal static class TargetAttributes
{
    /// <summary>
    /// https://learn.microsoft.com/graph/api/resources/user#properties; extension attributes:
    /// https://learn.microsoft.com/graph/api/resources/onpremisesextensionattributes. The provisioning service calls mobilePhone <c>mobile</c>.
    /// That the limits of Entra ID hold whoever writes: "Attribute value constraints enforced by Microsoft Entra ID also apply to the corresponding
    /// SCIM attribute" (https://learn.microsoft.com/entra/identity/app-provisioning/entra-id-scim-api-schema-documentation).
    /// </summary>
    private static readonly Dictionary<string, TargetAttribute> EntraId = Table(
    [
        new("userPrincipalName", 0, ValueKind.UserPrincipalName),
        new("mail", 0, ValueKind.Email),
        new("otherMails", 0, ValueKind.Email),
        new("employeeId", 16),
        new("displayName", 256),
        new("givenName", 64),
        new("surname", 64),
        new("mailNickname", 64),
        new("jobTitle", 128),
        new("department", 64),
        new("companyName", 64),
        new("streetAddress", 1024),
        new("city", 128),
        new("state", 128),
        new("postalCode", 40),
        new("country", 128),
        new("mobilePhone", 64),
        new("mobile", 64),
        new("usageLocation", 0, ValueKind.UsageLocation),
        new("employeeHireDate", 0, ValueKind.DateTime),
        new("employeeLeaveDateTime", 0, ValueKind.DateTime),
        .. Enumerable.Range(1, 15).Select(static i => new TargetAttribute(FormattableString.Invariant($"extensionAttribute{i}"), 1024)),
    ]);

    /// <summary>
    /// Range-Upper of each attribute's page below https://learn.microsoft.com/windows/win32/adschema/attributes-all, where the page of
    /// sAMAccountName has "20 characters or less". userPrincipalName has none there; the policy of Entra ID holds for names that are synchronized
    /// too (https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy#username-policies).
    /// </summary>
    private static readonly Dictionary<string, TargetAttribute> ActiveDirectory = Table(
    [
        new("userPrincipalName", 0, ValueKind.UserPrincipalName),
        new("sAMAccountName", 20, ValueKind.AccountName),
        new("cn", 64),
        new("employeeID", 16),
        new("employeeNumber", 512),
        new("employeeType", 256),
        new("displayName", 256),
        new("givenName", 64),
        new("sn", 64),
        new("title", 128),
        new("department", 64),
        new("division", 256),
        new("company", 64),
        new("mail", 256, ValueKind.Email),
        new("telephoneNumber", 64),
        new("mobile", 64),
        new("facsimileTelephoneNumber", 64),
        new("physicalDeliveryOfficeName", 128),
        new("streetAddress", 1024),
        new("l", 128),
        new("st", 128),
        new("postalCode", 40),
        new("co", 128),
        new("c", 3, ValueKind.CountryCode),
        new("msExchUsageLocation", 0, ValueKind.UsageLocation),
    ]);

    /// <summary>What is known of an attribute of a directory; null where nothing is.</summary>
    public static TargetAttribute? Find(TargetSystem target, string name) =>
        (target == TargetSystem.ActiveDirectory ? ActiveDirectory : EntraId).TryGetValue(name, out TargetAttribute? found) ? found : null;

    private static Dictionary<string, TargetAttribute> Table(IEnumerable<TargetAttribute> attributes) =>
        attributes.ToDictionary(static attribute => attribute.Name, StringComparer.OrdinalIgnoreCase);
}
