namespace InboundProvisioning.Comparison;

/// <summary>An attribute of a person in two payloads.</summary>
/// <param name="Attribute">The attribute, as a path.</param>
/// <param name="OldValue">Its value in the first, as text; null for none.</param>
/// <param name="NewValue">Its value in the second, as text; null for none.</param>
public sealed record ComparedAttribute(string Attribute, string? OldValue, string? NewValue)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Attribute}: '{OldValue}' -> '{NewValue}'";
}
