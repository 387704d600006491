using System;
using System.Collections.Generic;

namespace InboundProvisioning.Scim;

/// <summary>The definition of a SCIM attribute. RFC 7643, section 7.</summary>
public sealed class ScimAttribute
{
    internal ScimAttribute(
        string name,
        ScimAttributeType type,
        bool multiValued,
        bool readOnly,
        IReadOnlyList<string> canonicalValues,
        IReadOnlyList<ScimAttribute> subAttributes)
    {
        Name = name;
        Type = type;
        MultiValued = multiValued;
        ReadOnly = readOnly;
        CanonicalValues = canonicalValues;
        SubAttributes = subAttributes;
    }

    /// <summary>The name, as the RFC spells it. Names match without regard to case (RFC 7643, section 2.1).</summary>
    public string Name { get; }

    /// <summary>The data type of one value.</summary>
    public ScimAttributeType Type { get; }

    /// <summary>Whether the attribute holds an array of values (RFC 7643, section 2.4).</summary>
    public bool MultiValued { get; }

    /// <summary>Whether a client may not set the attribute (mutability readOnly).</summary>
    public bool ReadOnly { get; }

    /// <summary>The values that the RFC suggests, such as work and home for a type; empty where any value goes.</summary>
    public IReadOnlyList<string> CanonicalValues { get; }

    /// <summary>The sub-attributes of a complex attribute; empty for a simple one.</summary>
    public IReadOnlyList<ScimAttribute> SubAttributes { get; }

    /// <summary>
    /// Whether the value tells one person from another, as the directory compares it: externalId, userName, and the manager's externalId.
    /// </summary>
    internal bool IsIdentity { get; init; }

    /// <summary>Whether one of the values can be the primary one (RFC 7643, section 2.4).</summary>
    internal bool HasPrimary => MultiValued && Find(SubAttributes, "primary") is not null;

    internal static ScimAttribute? Find(IReadOnlyList<ScimAttribute> attributes, string name)
    {
        foreach (ScimAttribute attribute in attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return attribute;
            }
        }

        return null;
    }
}
