using System.Collections.Generic;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>A job with its schema, what it has yet to process and what it remembers.</summary>
internal sealed record JobState(
    SynchronizationJob Job,
    JsonElement Schema,
    IReadOnlyList<JsonElement> Pending,
    IReadOnlyDictionary<string, Escrow> Escrows,
    IReadOnlyList<PendingReference> References,
    IReadOnlyDictionary<string, HeldRecord>? Held);
