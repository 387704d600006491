namespace InboundProvisioning.Sync;

/// <summary>A record that a run held back or rejected.</summary>
/// <param name="ExternalId">Whose it is; null where that cannot be told.</param>
/// <param name="Reason">Why, in words; null where they may hold values and the state keeps none.</param>
/// <param name="Place">Where it stands in the source, or null.</param>
/// <param name="ErrorId">The id of the fault, or null.</param>
/// <param name="Attribute">The attribute at fault, or null.</param>
internal sealed record RunRecordNote(string? ExternalId, string? Reason, string? Place = null, string? ErrorId = null, string? Attribute = null);
