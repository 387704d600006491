namespace InboundProvisioning.Mapping;

/// <summary>What becomes of an attribute whose column is empty.</summary>
public enum EmptyValueHandling
{
    /// <summary>It goes out as an empty string, which clears the attribute where null values flow.</summary>
    EmptyString,

    /// <summary>It goes out as null.</summary>
    Null,

    /// <summary>It is left out of the record.</summary>
    Omit,
}
