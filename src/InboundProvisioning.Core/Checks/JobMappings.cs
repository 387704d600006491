using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using InboundProvisioning.Applications;
using InboundProvisioning.Schema;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Checks;

/// <summary>
/// Which attribute of a record goes to which attribute of the directory as it is. An expression of a job is not computed, so what goes through one
/// has no limit here.
/// </summary>
public sealed class JobMappings
{
    private const string Enterprise = ScimSchemas.EnterpriseUserUrn + ":";

    /// <summary>
    /// The mappings of a new job. "By default externalId ... is used to match with employeeId"
    /// (https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-faqs); the others are those of the SCIM API of Entra ID
    /// (https://learn.microsoft.com/entra/identity/app-provisioning/entra-id-scim-api-schema-documentation), since Microsoft's pages show those of a job
    /// in pictures only.
    /// </summary>
    private static readonly AttributeFlow[] DefaultEntraId =
    [
        new("externalId", "employeeId"),
        new("userName", "userPrincipalName"),
        new("displayName", "displayName"),
        new("name.givenName", "givenName"),
        new("name.familyName", "surname"),
        new("title", "jobTitle"),
        new("userType", "employeeType"),
        new("preferredLanguage", "preferredLanguage"),
        new("emails[type eq \"work\"].value", "mail"),
        new("phoneNumbers[type eq \"mobile\"].value", "mobile"),
        new("addresses[type eq \"work\"].streetAddress", "streetAddress"),
        new("addresses[type eq \"work\"].locality", "city"),
        new("addresses[type eq \"work\"].region", "state"),
        new("addresses[type eq \"work\"].postalCode", "postalCode"),
        new("addresses[type eq \"work\"].country", "country"),
        new(Enterprise + "organization", "companyName"),
        new(Enterprise + "department", "department"),
    ];

    /// <summary>The same by the names of Active Directory; that cn and sAMAccountName are made of displayName and userName is assumed.</summary>
    private static readonly AttributeFlow[] DefaultActiveDirectory =
    [
        new("externalId", "employeeID"),
        new("userName", "userPrincipalName"),
        new("userName", "sAMAccountName", IsAssumed: true),
        new("displayName", "displayName"),
        new("displayName", "cn", IsAssumed: true),
        new("name.givenName", "givenName"),
        new("name.familyName", "sn"),
        new("title", "title"),
        new("userType", "employeeType"),
        new("emails[type eq \"work\"].value", "mail"),
        new("phoneNumbers[type eq \"work\"].value", "telephoneNumber"),
        new("phoneNumbers[type eq \"mobile\"].value", "mobile"),
        new("phoneNumbers[type eq \"fax\"].value", "facsimileTelephoneNumber"),
        new("addresses[type eq \"work\"].streetAddress", "streetAddress"),
        new("addresses[type eq \"work\"].locality", "l"),
        new("addresses[type eq \"work\"].region", "st"),
        new("addresses[type eq \"work\"].postalCode", "postalCode"),
        new("addresses[type eq \"work\"].country", "co"),
        new(Enterprise + "organization", "company"),
        new(Enterprise + "division", "division"),
        new(Enterprise + "department", "department"),
    ];

    private JobMappings(TargetSystem target, bool isKnown, IReadOnlyList<AttributeFlow> flows, IReadOnlyCollection<string> dates)
    {
        Target = target;
        IsKnown = isKnown;
        Flows = flows;
        Dates = dates;
    }

    /// <summary>The directory.</summary>
    public TargetSystem Target { get; }

    /// <summary>Whether they are those of the job, read from its schema.</summary>
    public bool IsKnown { get; }

    /// <summary>The direct mappings.</summary>
    public IReadOnlyList<AttributeFlow> Flows { get; }

    /// <summary>The SCIM attributes that the schema has as points in time.</summary>
    internal IReadOnlyCollection<string> Dates { get; }

    /// <summary>The mappings that a new job has.</summary>
    public static JobMappings Default(TargetSystem target) =>
        new(target, isKnown: false, target == TargetSystem.ActiveDirectory ? DefaultActiveDirectory : DefaultEntraId, []);

    /// <summary>The mappings of a job.</summary>
    /// <param name="schema">Its schema.</param>
    /// <param name="target">The directory; null for the one that the schema names.</param>
    /// <exception cref="InboundProvisioningException"><c>InboundRuleNotFound</c>.</exception>
    public static JobMappings Of(ProvisioningSchema schema, TargetSystem? target = null)
    {
        SchemaText text = schema.Text;
        IReadOnlyList<InboundMapping> found = new InboundMappingFinder(text).FindAll(null);

        // A rule that is off maps nothing; of several that are on each has its say.
        List<InboundMapping> enabled = [.. found.Where(mapping => text.Find(mapping.Mapping, "enabled") is not { Kind: JsonTokenType.False })];
        TargetSystem directory = target ?? (found.Any(static mapping => IsActiveDirectory(mapping.TargetDirectory)) ? TargetSystem.ActiveDirectory : TargetSystem.EntraId);
        AttributeFlow[] flows = [.. enabled.SelectMany(mapping => text.Items(mapping.Mapping, "attributeMappings")).Select(Flow).OfType<AttributeFlow>().Distinct()];
        HashSet<string> dates = new(
            enabled.SelectMany(mapping => text.Items(mapping.SourceObject, "attributes"))
                .Where(attribute => string.Equals(text.Text(attribute, "type"), "DateTime", StringComparison.OrdinalIgnoreCase))
                .Select(attribute => text.Text(attribute, "name"))
                .OfType<string>(),
            StringComparer.OrdinalIgnoreCase);
        return new JobMappings(directory, isKnown: true, flows, dates);

        // https://learn.microsoft.com/graph/api/resources/synchronization-attributemappingsource: of the type Attribute, the name is the source's.
        AttributeFlow? Flow(SchemaNode mapping) =>
            text.Find(mapping, "source") is SchemaNode source
            && string.Equals(text.Text(source, "type"), "Attribute", StringComparison.OrdinalIgnoreCase)
            && text.Text(source, "name") is { Length: > 0 } name
            && text.Text(mapping, "targetAttributeName") is { Length: > 0 } attribute
                ? new AttributeFlow(name, attribute)
                : null;
    }

    /// <summary>The directory that a job's id names: <c>API2AD.…</c> is Active Directory; null where it names none.</summary>
    public static TargetSystem? TargetOf(string? jobId) => jobId is null ? null
        : jobId.StartsWith("API2AD.", StringComparison.OrdinalIgnoreCase) ? TargetSystem.ActiveDirectory
        : jobId.StartsWith("API2AAD.", StringComparison.OrdinalIgnoreCase) ? TargetSystem.EntraId
        : null;

    // Entra ID is called Azure Active Directory there. The comparison without regard to case is one of newer frameworks alone.
    private static bool IsActiveDirectory(string directory) => directory.ToUpperInvariant() is string name
        && name.Contains("ACTIVE DIRECTORY") && !name.Contains("AZURE") && !name.Contains("ENTRA");
}
