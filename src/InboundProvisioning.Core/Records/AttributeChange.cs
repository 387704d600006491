namespace InboundProvisioning.Records;

/// <summary>An attribute of a person before and after, as text.</summary>
/// <param name="Attribute">The attribute, as a path.</param>
/// <param name="OldValue">What was last accepted, or is in the first payload; null for nothing, and where the state keeps fingerprints only.</param>
/// <param name="NewValue">What would be sent, or is in the second payload; null for nothing.</param>
public sealed record AttributeChange(string Attribute, string? OldValue, string? NewValue)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Attribute}: '{OldValue}' -> '{NewValue}'";
}
