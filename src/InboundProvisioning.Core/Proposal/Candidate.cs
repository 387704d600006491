namespace InboundProvisioning.Proposal;

/// <summary>An attribute that a column can be.</summary>
/// <param name="Column">The column.</param>
/// <param name="Target">The attribute, by its name in Rules.txt.</param>
/// <param name="Score">How sure it is, of 100.</param>
/// <param name="Reason">Why.</param>
internal sealed record Candidate(ColumnProfile Column, string Target, int Score, string Reason);
