namespace InboundProvisioning.Emulator.Logs;

/// <summary>A change of one target attribute: https://learn.microsoft.com/graph/api/resources/modifiedproperty</summary>
internal sealed record ModifiedProperty(string DisplayName, string? OldValue, string? NewValue);
