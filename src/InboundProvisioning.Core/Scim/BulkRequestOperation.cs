namespace InboundProvisioning.Scim;

/// <summary>What names an operation of a bulk request that was read.</summary>
/// <param name="BulkId">Its bulkId (RFC 7644 section 3.7); null where it has none.</param>
/// <param name="ExternalId">The externalId of its record; null where it has none.</param>
public sealed record BulkRequestOperation(string? BulkId, string? ExternalId)
{
    /// <summary>Its path, where that is not <c>/Users</c> as documented; else null.</summary>
    public string? OtherPath { get; init; }
}
