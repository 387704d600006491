namespace InboundProvisioning.Schema;

/// <summary>An attribute that a schema is to have.</summary>
/// <param name="Name">Its name below the URN, such as <c>HireDate</c>.</param>
public sealed record SchemaAttribute(string Name)
{
    /// <summary>Its type, or null for String where it is new and as it is where it exists.</summary>
    public SchemaAttributeType? Type { get; init; }

    /// <summary>Whether it has several values, or null for no where it is new and as it is where it exists.</summary>
    public bool? MultiValued { get; init; }

    /// <summary>Whether a value that is null or left out clears the attribute in the directory, or null for no where it is new and as it is where it exists.</summary>
    public bool? FlowNullValues { get; init; }

    /// <summary>What was seen in the data, in words; or null.</summary>
    public string? Seen { get; init; }
}
