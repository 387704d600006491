namespace InboundProvisioning.Mapping;

/// <summary>One entry of an attribute mapping: a SCIM attribute and where its value comes from.</summary>
public sealed class MappedAttribute
{
    /// <param name="name">The name of the attribute or the URN of an extension.</param>
    /// <param name="value">Where the value comes from.</param>
    public MappedAttribute(string name, MappingValue value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The name of the attribute, or the URN of an extension.</summary>
    public string Name { get; }

    /// <summary>Where the value comes from.</summary>
    public MappingValue Value { get; }
}
