using System;

namespace InboundProvisioning.Preview;

/// <summary>A column that a value comes from.</summary>
/// <param name="Name">The column, as the source spells it.</param>
/// <param name="Text">What the row has there; null for nothing, and where the source has no such column.</param>
public sealed record ShownColumn(string Name, string? Text)
{
    private const int MostShown = 80;

    /// <inheritdoc/>
    public override string ToString() => Text is null ? Name + " (none)"
        : Text.Length > MostShown ? FormattableString.Invariant($"{Name} '{Text.Substring(0, MostShown)}...'")
        : $"{Name} '{Text}'";
}
