namespace InboundProvisioning.Checks;

/// <summary>What has to be so that a finding counts.</summary>
internal enum FindingScope : byte
{
    /// <summary>Nothing: it is of the record alone.</summary>
    Record,

    /// <summary>The value goes to the directory as it is.</summary>
    Mapping,

    /// <summary>The account is made by this record.</summary>
    Creation,
}
