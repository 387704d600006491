namespace InboundProvisioning.Schema;

/// <summary>What became of something that a schema was to have.</summary>
public enum SchemaChangeStatus
{
    /// <summary>It was there already and was left alone.</summary>
    Existing,

    /// <summary>It was added.</summary>
    Added,

    /// <summary>It was there and was changed.</summary>
    Changed,
}
