using System.Text.Json;

namespace InboundProvisioning.Logs;

/// <summary>An attribute that was changed: https://learn.microsoft.com/graph/api/resources/modifiedproperty.</summary>
/// <param name="Name">The attribute.</param>
/// <param name="OldValue">The value before, or null.</param>
/// <param name="NewValue">The value after, or null.</param>
public sealed record ModifiedProperty(string? Name, string? OldValue, string? NewValue)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {OldValue ?? "null"} -> {NewValue ?? "null"}";

    internal static ModifiedProperty Read(JsonElement property) =>
        new(LogJson.Text(property, "displayName"), LogJson.Text(property, "oldValue"), LogJson.Text(property, "newValue"));
}
