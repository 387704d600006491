namespace InboundProvisioning.State;

/// <summary>What a state keeps of each person.</summary>
public enum StateContent
{
    /// <summary>The complete record that was last accepted.</summary>
    Record,

    /// <summary>
    /// Fingerprints of the record and of each attribute; no personal data but the externalId. Plans then name attributes without
    /// their values, and missing people cannot be disabled.
    /// </summary>
    Fingerprint,
}
