using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>A row that did not become a record, and why.</summary>
/// <param name="Place">The file and line, or the number of the input object.</param>
/// <param name="Fault">Why.</param>
public sealed record RejectedRow(RowPlace Place, RowFault Fault)
{
    /// <summary>Whose row it is; null where that cannot be told.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Place, attribute and reason in one sentence.</summary>
    public override string ToString() => Fault.Attribute is null
        ? $"{Place}: {Fault.Reason}"
        : $"{Place}, attribute {Fault.Attribute}: {Fault.Reason}";
}
