using System.Collections.Generic;

namespace InboundProvisioning.Proposal;

/// <summary>A line of the mapping to be written.</summary>
internal sealed record ProposalLine
{
    /// <summary>The attribute; null for a column that is left over.</summary>
    public ScimTarget? Target { get; init; }

    /// <summary>The column, or null.</summary>
    public ColumnProfile? Column { get; init; }

    public ProposalConfidence Confidence { get; init; }

    public bool Check { get; init; }

    public string Reason { get; init; } = string.Empty;

    /// <summary>What stands on the right; null where somebody has to choose first.</summary>
    public string? Expression { get; init; }

    /// <summary>What can stand on the right, for somebody to choose.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What else the file says of it, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What is said aloud, too; null for nothing.</summary>
    public string? Warning { get; init; }
}
