namespace InboundProvisioning.Proposal;

/// <summary>A line of a proposed attribute mapping, or a column that is left over.</summary>
public sealed record AttributeProposal
{
    /// <summary>The attribute as the portal writes it, such as <c>emails[type eq "work"].value</c>; of an extension with its URN. Null for a column that is left over.</summary>
    public string? Attribute { get; init; }

    /// <summary>The column; null where no column of the file is the attribute.</summary>
    public string? Column { get; init; }

    /// <summary>How sure it is.</summary>
    public ProposalConfidence Confidence { get; init; }

    /// <summary>Whether somebody must look at it before the mapping is used.</summary>
    public bool Check { get; init; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The first value of the column in the file; it is not in the mapping that is written.</summary>
    public string? Example { get; init; }

    /// <summary>What stands on the right of the attribute in the mapping; null where the line is left out, or is a comment.</summary>
    public string? Mapping { get; init; }
}
