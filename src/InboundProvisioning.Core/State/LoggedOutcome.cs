using System;

namespace InboundProvisioning.State;

/// <summary>What the provisioning logs tell of a person.</summary>
/// <param name="ExternalId">The person.</param>
/// <param name="Status">Succeeded, skipped or failed.</param>
/// <param name="On">When it happened.</param>
/// <param name="Action">What was done or tried.</param>
/// <param name="ErrorCode">The code of the error or of the reason to skip, or null.</param>
/// <param name="Reason">The service's words, or null.</param>
/// <param name="Remedy">What to do, or null.</param>
/// <param name="MayMend">Whether the same record may succeed when it is sent again.</param>
internal sealed record LoggedOutcome(
    string ExternalId, RecordStatus Status, DateTimeOffset On, string? Action, string? ErrorCode, string? Reason, string? Remedy, bool MayMend);
