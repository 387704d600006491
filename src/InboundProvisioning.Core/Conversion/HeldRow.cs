using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion;

/// <summary>A row of the pipeline that is held back until all have come.</summary>
/// <param name="Person">The row.</param>
/// <param name="Operation">What it makes, as JSON; null when it has a fault.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Preference">Whether it is preferred.</param>
/// <param name="PreferenceFault">Why that cannot be told.</param>
/// <param name="ExternalId">Its externalId.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Kept">The record, where rejected rows are kept.</param>
internal sealed record HeldRow(
    PersonRow Person,
    byte[]? Operation,
    RowFault? Fault,
    RowPreference Preference,
    RowFault? PreferenceFault,
    string ExternalId,
    RowPlace Place,
    KeptRecord? Kept);
