using InboundProvisioning.Records;

namespace InboundProvisioning.State;

/// <summary>What is known of a person at a glance.</summary>
/// <param name="Key">The externalId in 64 bits, without regard to case.</param>
/// <param name="Fingerprint">Of the record last accepted.</param>
/// <param name="UserName">The userName in 64 bits, without regard to case; 0 for none.</param>
/// <param name="IsActive">Whether the record last accepted is active.</param>
/// <param name="MissingRuns">In how many runs in a row the person has been missing.</param>
internal readonly record struct KnownPerson(long Key, RecordFingerprint Fingerprint, long UserName, bool IsActive, int MissingRuns);
