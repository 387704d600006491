namespace InboundProvisioning.Proposal;

/// <summary>What a word says of whether somebody works.</summary>
internal enum StatusMeaning
{
    /// <summary>It is not known.</summary>
    Unknown,

    /// <summary>At work.</summary>
    Active,

    /// <summary>Away for a time.</summary>
    OnLeave,

    /// <summary>Gone.</summary>
    Inactive,
}
