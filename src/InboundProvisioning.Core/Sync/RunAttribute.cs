namespace InboundProvisioning.Sync;

/// <summary>For how many people a run changes an attribute.</summary>
internal sealed record RunAttribute(string Attribute, long Changed, long Cleared);
