using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Scim;

/// <summary>The SCIM schemas and URNs that a bulk request for provisioning uses.</summary>
public static class ScimSchemas
{
    /// <summary>The URN of the core user. RFC 7643, section 4.1.</summary>
    public const string UserUrn = "urn:ietf:params:scim:schemas:core:2.0:User";

    /// <summary>The URN of the enterprise user extension. RFC 7643, section 4.3.</summary>
    public const string EnterpriseUserUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>The URN of a bulk request. RFC 7644, section 3.7.</summary>
    public const string BulkRequestUrn = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    /// <summary>What marks a key of an attribute mapping as an extension.</summary>
    public const string UrnPrefix = "urn:";

    private static readonly Lazy<ScimSchema> LazyUser = new(() => Read("User.json", CommonAttributes()));
    private static readonly Lazy<ScimSchema> LazyEnterpriseUser = new(() => Read("EnterpriseUser.json", []));

    /// <summary>The core user, with the common attributes id, externalId and meta (RFC 7643, sections 3.1 and 4.1).</summary>
    public static ScimSchema User => LazyUser.Value;

    /// <summary>The enterprise user extension (RFC 7643, section 4.3).</summary>
    public static ScimSchema EnterpriseUser => LazyEnterpriseUser.Value;

    /// <summary>The schema of a URN, or null when this library has none; case does not matter.</summary>
    public static ScimSchema? Find(string urn)
    {
        if (string.Equals(urn, UserUrn, StringComparison.OrdinalIgnoreCase))
        {
            return User;
        }

        return string.Equals(urn, EnterpriseUserUrn, StringComparison.OrdinalIgnoreCase) ? EnterpriseUser : null;
    }

    /// <summary>The paths of all attributes that can be set, with those of the enterprise user under its URN.</summary>
    public static IEnumerable<(string Path, ScimAttribute Attribute)> Paths() =>
        Paths(User.Attributes, string.Empty).Concat(Paths(EnterpriseUser.Attributes, EnterpriseUserUrn + ":"));

    /// <summary>Whether a key of a mapping names an extension, not an attribute.</summary>
    public static bool IsUrn(string key) => key.StartsWith(UrnPrefix, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Path, ScimAttribute Attribute)> Paths(IReadOnlyList<ScimAttribute> attributes, string prefix) => attributes
        .Where(static attribute => !attribute.ReadOnly)
        .SelectMany(attribute => Paths(attribute.SubAttributes, prefix + attribute.Name + ".").Prepend((prefix + attribute.Name, attribute)));

    private static List<ScimAttribute> CommonAttributes() =>
    [
        Simple("id", ScimAttributeType.String),
        new("externalId", ScimAttributeType.String, multiValued: false, readOnly: false, [], []) { IsIdentity = true },
        new("meta", ScimAttributeType.Complex, multiValued: false, readOnly: true, [],
        [
            Simple("resourceType", ScimAttributeType.String),
            Simple("created", ScimAttributeType.DateTime),
            Simple("lastModified", ScimAttributeType.DateTime),
            Simple("location", ScimAttributeType.Reference),
            Simple("version", ScimAttributeType.String),
        ]),
    ];

    private static ScimAttribute Simple(string name, ScimAttributeType type) =>
        new(name, type, multiValued: false, readOnly: false, [], []);

    private static ScimSchema Read(string resource, List<ScimAttribute> attributes)
    {
        using Stream stream = typeof(ScimSchemas).Assembly.GetManifestResourceStream("InboundProvisioning.Scim.Schemas." + resource)!;
        using JsonDocument document = JsonDocument.Parse(stream);
        attributes.AddRange(ReadAttributes(document.RootElement.GetProperty("attributes"), string.Empty));
        return new ScimSchema(document.RootElement.GetProperty("id").GetString()!, attributes);
    }

    private static List<ScimAttribute> ReadAttributes(JsonElement elements, string path)
    {
        var attributes = new List<ScimAttribute>();
        foreach (JsonElement element in elements.EnumerateArray())
        {
            string name = element.GetProperty("name").GetString()!;
            var canonicalValues = new List<string>();
            if (element.TryGetProperty("canonicalValues", out JsonElement values))
            {
                foreach (JsonElement value in values.EnumerateArray())
                {
                    canonicalValues.Add(value.GetString()!);
                }
            }

            attributes.Add(new ScimAttribute(
                name,
                (ScimAttributeType)Enum.Parse(typeof(ScimAttributeType), element.GetProperty("type").GetString()!, ignoreCase: true),
                element.GetProperty("multiValued").GetBoolean(),
                element.GetProperty("mutability").GetString() == "readOnly",
                canonicalValues,
                element.TryGetProperty("subAttributes", out JsonElement subAttributes) ? ReadAttributes(subAttributes, path + name + ".") : [])
            {
                IsIdentity = path + name is "userName" or "manager.value",
            });
        }

        return attributes;
    }
}
