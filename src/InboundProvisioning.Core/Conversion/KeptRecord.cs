using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>A record for the file of rejected rows.</summary>
/// <param name="Source">The record.</param>
/// <param name="HasReason">Whether the record of a file ends in a reason of an earlier run, which the new one replaces.</param>
public sealed record KeptRecord(SourceRecord Source, bool HasReason);
