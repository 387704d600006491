namespace InboundProvisioning.Schema;

/// <summary>
/// The type of an attribute in a synchronization schema: attributeType of
/// https://learn.microsoft.com/graph/api/resources/synchronization-attributedefinition.
/// </summary>
public enum SchemaAttributeType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>The name of another object, such as that of the manager.</summary>
    Reference,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A date with or without a time of day, in ISO 8601.</summary>
    DateTime,
}
