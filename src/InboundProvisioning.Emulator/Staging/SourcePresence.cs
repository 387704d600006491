namespace InboundProvisioning.Emulator.Staging;

/// <summary>Whether a record has an attribute.</summary>
internal enum SourcePresence
{
    /// <summary>Neither the attribute nor the complex attribute or value that would hold it is in the record.</summary>
    Missing,

    /// <summary>It is left out, and what would hold it is there.</summary>
    Omitted,

    /// <summary>It is null or an empty string.</summary>
    Empty,

    /// <summary>It has a value.</summary>
    Given,
}
