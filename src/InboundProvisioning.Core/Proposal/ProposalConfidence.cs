namespace InboundProvisioning.Proposal;

/// <summary>How sure a line of a proposed mapping is.</summary>
public enum ProposalConfidence
{
    /// <summary>Nothing is proposed: the column is left over, or the attribute has none.</summary>
    None,

    /// <summary>A guess, to be looked at before anything is sent.</summary>
    Low,

    /// <summary>The name or the values speak for it.</summary>
    Medium,

    /// <summary>The name says it, and the values do not speak against it.</summary>
    High,
}
