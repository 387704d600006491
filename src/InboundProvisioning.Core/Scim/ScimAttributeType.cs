namespace InboundProvisioning.Scim;

/// <summary>The data type of a SCIM attribute. RFC 7643, section 2.3.</summary>
public enum ScimAttributeType
{
    /// <summary>Unicode text. RFC 7643, section 2.3.1.</summary>
    String,

    /// <summary>True or false. RFC 7643, section 2.3.2.</summary>
    Boolean,

    /// <summary>A real number. RFC 7643, section 2.3.3.</summary>
    Decimal,

    /// <summary>A whole number. RFC 7643, section 2.3.4.</summary>
    Integer,

    /// <summary>A point in time, as xsd:dateTime. RFC 7643, section 2.3.5.</summary>
    DateTime,

    /// <summary>Base64-encoded bytes. RFC 7643, section 2.3.6.</summary>
    Binary,

    /// <summary>A URI. RFC 7643, section 2.3.7.</summary>
    Reference,

    /// <summary>An object with sub-attributes. RFC 7643, section 2.3.8.</summary>
    Complex,
}
