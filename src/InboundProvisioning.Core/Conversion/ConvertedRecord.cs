using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>What a row became. Its JSON lies with the <see cref="RecordConverter"/> that made it.</summary>
internal readonly struct ConvertedRecord
{
    /// <summary>Where its operation of a bulk request lies; of no use when it has a fault or is not wanted.</summary>
    public int Start { get; init; }

    public int Length { get; init; }

    /// <summary>Where its externalId lies, as a JSON string; empty where it has none.</summary>
    public int ExternalIdStart { get; init; }

    public int ExternalIdLength { get; init; }

    /// <summary>The person of the externalId, where there is one.</summary>
    public ExternalIdFingerprint Id { get; init; }

    /// <summary>A fingerprint of the user; 0 when the row has a fault.</summary>
    public uint User { get; init; }

    /// <summary>What is wrong with the row, or null.</summary>
    public RowFault? Fault { get; init; }

    /// <summary>Whether the row is none of <see cref="ConversionOptions.ExternalIds"/>.</summary>
    public bool IsPassedOver { get; init; }

    public bool HasExternalId => ExternalIdLength > 0;
}
