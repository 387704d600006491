namespace InboundProvisioning.Emulator.Schema;

/// <summary>What decides how a source attribute flows: https://learn.microsoft.com/graph/api/resources/synchronization-attributedefinition</summary>
internal sealed record SourceAttribute(string Type, bool Multivalued, bool FlowNullValues);
