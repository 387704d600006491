using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>
/// The schema that a new job has: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationschema
/// Microsoft's pages say that SCIM core and enterprise user attributes are mapped, <c>externalId</c> to <c>employeeId</c> for matching and
/// <c>active</c> to <c>accountEnabled</c> (https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-faqs), and show
/// no list as text. The rest of the mappings here go to the attributes of the same meaning.
/// </summary>
internal static class DefaultSchema
{
    public const string SourceDirectory = "API";

    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static readonly string[] SourceStrings =
    [
        "id", "userName", "displayName", "nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale", "timezone",
        "name.formatted", "name.familyName", "name.givenName", "name.middleName", "name.honorificPrefix", "name.honorificSuffix",
        .. Typed("emails", ["work", "home", "other"], ["value"]),
        .. Typed("phoneNumbers", ["work", "mobile", "home", "fax", "pager", "other"], ["value"]),
        .. Typed("ims", ["skype", "xmpp"], ["value"]),
        .. Typed("photos", ["photo", "thumbnail"], ["value"]),
        .. Typed("addresses", ["work", "home", "other"],
            ["formatted", "streetAddress", "locality", "region", "postalCode", "country"]),
        "entitlements[primary eq \"True\"].value", "roles[primary eq \"True\"].value",
        .. new[] { "employeeNumber", "costCenter", "organization", "division", "department", "manager.displayName" }.Select(name => $"{Enterprise}:{name}"),
    ];

    private static readonly string[] TargetStrings =
    [
        "userPrincipalName", "displayName", "givenName", "surname", "jobTitle", "mail", "mailNickname", "employeeType", "companyName", "department",
        "division", "costCenter", "streetAddress", "city", "state", "postalCode", "country", "usageLocation", "physicalDeliveryOfficeName",
        "telephoneNumber", "mobile", "facsimileTelephoneNumber", "preferredLanguage",
        .. Enumerable.Range(1, 15).Select(i => $"extensionAttribute{i}"),
    ];

    /// <summary>Target attribute, its source, and whether it flows only when the object is created.</summary>
    private static readonly (string Target, string Source, bool OnlyOnCreation)[] Mappings =
    [
        ("employeeId", "[externalId]", false),
        ("userPrincipalName", "[userName]", false),

        // What is not "True" disables the account, a record without active too.
        ("accountEnabled", "Switch([active], \"False\", \"True\", \"True\")", false),
        ("mailNickname", "Item(Split([userName], \"@\"), \"1\")", true),
        ("displayName", "[displayName]", false),
        ("givenName", "[name.givenName]", false),
        ("surname", "[name.familyName]", false),
        ("jobTitle", "[title]", false),
        ("employeeType", "[userType]", false),
        ("preferredLanguage", "[preferredLanguage]", false),
        ("mail", "[emails[type eq \"work\"].value]", false),
        ("telephoneNumber", "[phoneNumbers[type eq \"work\"].value]", false),
        ("mobile", "[phoneNumbers[type eq \"mobile\"].value]", false),
        ("facsimileTelephoneNumber", "[phoneNumbers[type eq \"fax\"].value]", false),
        ("streetAddress", "[addresses[type eq \"work\"].streetAddress]", false),
        ("city", "[addresses[type eq \"work\"].locality]", false),
        ("state", "[addresses[type eq \"work\"].region]", false),
        ("postalCode", "[addresses[type eq \"work\"].postalCode]", false),
        ("country", "[addresses[type eq \"work\"].country]", false),
        ("companyName", $"[{Enterprise}:organization]", false),
        ("division", $"[{Enterprise}:division]", false),
        ("costCenter", $"[{Enterprise}:costCenter]", false),
        ("department", $"[{Enterprise}:department]", false),
        ("manager", $"[{Enterprise}:manager]", false),
    ];

    /// <param name="templateId">The job's template: API2AAD or API2AD.</param>
    public static JsonObject For(string templateId)
    {
        string target = templateId == "API2AD" ? "Active Directory" : "Azure Active Directory";
        return new JsonObject
        {
            ["synchronizationRules"] = new JsonArray(Rule(target)),

            // The API comes first: Microsoft's CSV2SCIM -UpdateSchema writes into the first directory, whatever it is.
            ["directories"] = new JsonArray(Directory(SourceDirectory, SourceAttributes()), Directory(target, TargetAttributes())),
        };
    }

    private static IEnumerable<string> Typed(string attribute, string[] types, string[] parts) =>
        types.SelectMany(_ => parts, (type, part) => $"{attribute}[type eq \"{type}\"].{part}");

    private static JsonArray SourceAttributes() => new(
    [
        Attribute("externalId", anchor: true, required: true, caseExact: true),
        .. SourceStrings.Select(name => Attribute(name)),
        Attribute("active", "Boolean"),
        Attribute("password", mutability: "WriteOnly"),
        Attribute("x509Certificates[primary eq \"True\"].value", "Binary"),
        Attribute("meta.created", "DateTime", mutability: "ReadOnly"),
        Attribute("meta.lastModified", "DateTime", mutability: "ReadOnly"),
        Attribute($"{Enterprise}:manager", "Reference", references: "User"),
    ]);

    private static JsonArray TargetAttributes() => new(
    [
        Attribute("objectId", anchor: true, required: true, mutability: "ReadOnly"),
        Attribute("employeeId"),
        .. TargetStrings.Select(name => Attribute(name, required: name is "userPrincipalName" or "displayName" or "mailNickname")),
        Attribute("accountEnabled", "Boolean"),
        Attribute("employeeHireDate", "DateTime"),
        Attribute("employeeLeaveDateTime", "DateTime"),
        Attribute("otherMails", multivalued: true),
        Attribute("manager", "Reference", references: "User"),
    ]);

    private static JsonObject Attribute(
        string name,
        string type = "String",
        bool anchor = false,
        bool required = false,
        bool caseExact = false,
        bool multivalued = false,
        string mutability = "ReadWrite",
        string? references = null) => new()
    {
        ["anchor"] = anchor,
        ["caseExact"] = caseExact,
        ["defaultValue"] = null,
        ["flowNullValues"] = false,
        ["multivalued"] = multivalued,
        ["mutability"] = mutability,
        ["name"] = name,
        ["required"] = required,
        ["type"] = type,
        ["apiExpressions"] = new JsonArray(),
        ["metadata"] = references is null ? new JsonArray() : new JsonArray(Entry("LinkTypeName", "Manager")),
        ["referencedObjects"] = references is null
            ? new JsonArray()
            : new JsonArray(new JsonObject { ["referencedObjectName"] = references, ["referencedProperty"] = null }),
    };

    private static JsonObject Directory(string name, JsonArray attributes) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["discoverabilities"] = name == SourceDirectory ? "None" : "AttributeNames, AttributeDataTypes",
        ["discoveryDateTime"] = null,
        ["name"] = name,
        ["readOnly"] = false,
        ["version"] = "1.0",
        ["objects"] = new JsonArray(new JsonObject
        {
            ["name"] = "User",
            ["supportedApis"] = new JsonArray(),
            ["attributes"] = attributes,
            ["metadata"] = new JsonArray(),
        }),
    };

    private static JsonObject Rule(string target) => new()
    {
        ["editable"] = true,
        ["id"] = Guid.NewGuid().ToString(),
        ["name"] = "USER_INBOUND_USER",
        ["priority"] = 1,
        ["sourceDirectoryName"] = SourceDirectory,
        ["targetDirectoryName"] = target,
        ["metadata"] = new JsonArray(),
        ["containerFilter"] = null,
        ["groupFilter"] = null,
        ["objectMappings"] = new JsonArray(new JsonObject
        {
            ["enabled"] = true,
            ["flowTypes"] = "Add, Update, Delete",
            ["name"] = $"Provision API Users to {target}",
            ["sourceObjectName"] = "User",
            ["targetObjectName"] = "User",
            ["scope"] = null,
            ["metadata"] = new JsonArray(Entry("EscrowBehavior", "Default"), Entry("DisableMonitoringForChanges", "False")),
            ["attributeMappings"] = new JsonArray([.. Mappings.Select(Mapping)]),
        }),
    };

    private static JsonObject Mapping((string Target, string Source, bool OnlyOnCreation) mapping) => new()
    {
        ["defaultValue"] = null,
        ["exportMissingReferences"] = false,
        ["flowBehavior"] = "FlowWhenChanged",
        ["flowType"] = mapping.OnlyOnCreation ? "ObjectAddOnly" : "Always",
        ["matchingPriority"] = mapping.Target == "employeeId" ? 1 : 0,
        ["targetAttributeName"] = mapping.Target,
        ["source"] = FlowExpression.TryParse(mapping.Source)!.ToJson(),
    };

    private static JsonObject Entry(string key, string value) => new() { ["key"] = key, ["value"] = value };
}
