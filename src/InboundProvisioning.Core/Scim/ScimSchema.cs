using System.Collections.Generic;

namespace InboundProvisioning.Scim;

/// <summary>A SCIM schema: the attributes that a URN stands for. RFC 7643, section 7.</summary>
public sealed class ScimSchema
{
    internal ScimSchema(string id, IReadOnlyList<ScimAttribute> attributes)
    {
        Id = id;
        Attributes = attributes;
    }

    /// <summary>The URN of the schema.</summary>
    public string Id { get; }

    /// <summary>The attributes, in the order of the RFC.</summary>
    public IReadOnlyList<ScimAttribute> Attributes { get; }

    /// <summary>The attribute of that name, or null; case does not matter.</summary>
    public ScimAttribute? Find(string name) => ScimAttribute.Find(Attributes, name);
}
