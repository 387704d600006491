namespace InboundProvisioning.Sync;

/// <summary>How many rows a run rejected for one kind of fault.</summary>
internal sealed record RunRejection(string ErrorId, string? Attribute, long Rows);
