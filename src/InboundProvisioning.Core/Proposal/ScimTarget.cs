using System;
using System.Collections.Generic;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Proposal;

/// <summary>An attribute of a SCIM user that a column can be, by the name that it has in Rules.txt.</summary>
internal sealed class ScimTarget
{
    /// <summary>All of them, in the order in which a mapping has them.</summary>
    public static readonly IReadOnlyList<string> Order =
    [
        "externalId", "userName", "active", "displayName", "nickName", "title", "userType", "preferredLanguage", "locale", "timezone",
        "name.givenName", "name.middleName", "name.familyName", "name.honorificPrefix", "name.honorificSuffix",
        "emails.work.value", "emails.home.value",
        "phoneNumbers.work.value", "phoneNumbers.mobile.value", "phoneNumbers.home.value", "phoneNumbers.fax.value",
        "addresses.work.streetAddress", "addresses.work.postalCode", "addresses.work.locality", "addresses.work.region", "addresses.work.country",
        "addresses.home.streetAddress", "addresses.home.postalCode", "addresses.home.locality", "addresses.home.region", "addresses.home.country",
        "enterprise.department", "enterprise.division", "enterprise.organization", "enterprise.costCenter", "enterprise.manager.value",
        "extension.HireDate", "extension.LeaveDate",
    ];

    private readonly string[] _parts;

    public ScimTarget(string name)
    {
        Name = name;
        _parts = name.Split('.');
    }

    /// <summary>Such as <c>emails.work.value</c>.</summary>
    public string Name { get; }

    /// <summary>The attribute at the top of the mapping, <c>enterprise</c> or <c>extension</c>; the name itself for a simple one.</summary>
    public string Group => _parts[0];

    /// <summary>Whether the attribute has several values, each of a type.</summary>
    public bool IsMultiValued => Group is "emails" or "phoneNumbers" or "addresses";

    /// <summary>The type of the value, such as work; empty for what has one value.</summary>
    public string Type => IsMultiValued ? _parts[1] : string.Empty;

    /// <summary>What stands on the left of the line in its group.</summary>
    public string Member => IsMultiValued ? _parts[2] : _parts.Length == 1 ? Name : _parts[1];

    /// <summary>The attribute as the portal and the provisioning logs write it.</summary>
    /// <param name="urn">The URN of the extension.</param>
    public string PathOf(string urn) => Group switch
    {
        "enterprise" => ScimName.Qualify(ScimSchemas.EnterpriseUserUrn, Name.Substring(Group.Length + 1)),
        "extension" => ScimName.Qualify(urn, Member),
        _ when IsMultiValued => $"{Group}[type eq \"{Type}\"].{Member}",
        _ => Name,
    };

    /// <summary>Whether the attribute is a date.</summary>
    public bool IsDate => Group == "extension";
}
