using System.Collections.Generic;
using InboundProvisioning.Records;

namespace InboundProvisioning.Comparison;

/// <summary>A person in two payloads.</summary>
public sealed record PayloadDifference
{
    /// <summary>The person.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What became of it.</summary>
    public required PayloadDifferenceKind Kind { get; init; }

    /// <summary>The attributes that differ; of a person in one payload only all.</summary>
    public required IReadOnlyList<AttributeChange> Attributes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {ExternalId}";
}
