namespace InboundProvisioning.Sync;

/// <summary>What becomes of known people who are not in the source any more.</summary>
public enum MissingRecordHandling
{
    /// <summary>They are counted and named, and stay as they are.</summary>
    Report,

    /// <summary>They are disabled after some runs in a row: their last record is sent, inactive.</summary>
    Disable,

    /// <summary>Nobody looks: the source has only people who changed.</summary>
    Ignore,
}
