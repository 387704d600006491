namespace InboundProvisioning.Sync;

/// <summary>An attribute of a person before and after.</summary>
/// <param name="Attribute">The attribute, as a path.</param>
/// <param name="OldValue">What was last accepted; null for nothing, and where the state keeps fingerprints only.</param>
/// <param name="NewValue">What would be sent; null for nothing.</param>
public sealed record PlannedValue(string Attribute, string? OldValue, string? NewValue)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Attribute}: '{OldValue}' -> '{NewValue}'";
}
