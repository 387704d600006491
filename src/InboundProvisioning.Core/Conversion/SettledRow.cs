using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>A row of a person of whom another one goes, as it is remembered until that one is known.</summary>
/// <param name="Person">The row.</param>
/// <param name="ExternalId">Its externalId.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Taken">The position of the row that goes.</param>
/// <param name="Kept">The record, where rejected rows are kept.</param>
internal sealed record SettledRow(PersonRow Person, string ExternalId, RowPlace Place, uint Taken, KeptRecord? Kept);
