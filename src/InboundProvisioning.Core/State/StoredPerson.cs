using InboundProvisioning.Records;

namespace InboundProvisioning.State;

/// <summary>A person of a state with the record last accepted.</summary>
/// <param name="ExternalId">The externalId as it is spelled.</param>
/// <param name="Shape">The shape of the record.</param>
/// <param name="Content">Its values, or with <see cref="StateContent.Fingerprint"/> their digests.</param>
/// <param name="Fingerprint">Of the record.</param>
internal sealed record StoredPerson(string ExternalId, RecordShape Shape, byte[] Content, RecordFingerprint Fingerprint);
