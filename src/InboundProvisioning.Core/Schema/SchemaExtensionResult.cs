namespace InboundProvisioning.Schema;

/// <summary>A custom attribute as the schema of the job has it after the run.</summary>
public sealed record SchemaExtensionResult
{
    /// <summary>Its name in the schema: the URN, a colon, and the name below it.</summary>
    public required string Name { get; init; }

    /// <summary>Its name below the URN.</summary>
    public required string Attribute { get; init; }

    /// <summary>Its type, as the schema spells it.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it has several values.</summary>
    public required bool MultiValued { get; init; }

    /// <summary>Whether a value that is null or left out clears it in the directory.</summary>
    public required bool FlowNullValues { get; init; }

    /// <summary>Whether it was added, changed, or was there already.</summary>
    public required SchemaChangeStatus Status { get; init; }

    /// <summary>The type that it had before it was changed, or null.</summary>
    public string? PreviousType { get; init; }

    /// <summary>What was seen in the data, such as <c>Integer in 998 of 1000 values, 2 empty</c>; or null.</summary>
    public string? Seen { get; init; }

    /// <summary>The attribute of the target directory that it was to flow to, or null.</summary>
    public string? TargetAttribute { get; init; }

    /// <summary>Whether that mapping was added, changed, or was there already; or null.</summary>
    public SchemaChangeStatus? MappingStatus { get; init; }

    /// <summary>The file with the schema as it was before, or null where nothing was changed.</summary>
    public string? BackupPath { get; init; }

    /// <summary>The object id of the service principal.</summary>
    public string? ServicePrincipalId { get; init; }

    /// <summary>The id of the job.</summary>
    public string? JobId { get; init; }
}
