using System.Collections.Generic;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>What was staged for one person: an entry of what <c>GET /emulator/records</c> answers.</summary>
/// <param name="ExternalId">The externalId as the last record has it. Records whose ids differ only in case are of one person.</param>
/// <param name="Acceptances">Every time that a record of the person was staged, oldest first.</param>
/// <param name="Needless">
/// How many of them have the same bytes as the one before, although its answer had reached the client. A record that changes and changes back is
/// not counted.
/// </param>
/// <param name="Data">The last record.</param>
public sealed record StagedRecord(string ExternalId, IReadOnlyList<Acceptance> Acceptances, int Needless, JsonElement Data);
