using System.Collections.Generic;
using System.Text.Json;
using InboundProvisioning.Records;

namespace InboundProvisioning.Sync;

/// <summary>A change of a plan file.</summary>
/// <param name="ExternalId">The person.</param>
/// <param name="Kind">What kind of change it is.</param>
/// <param name="Held">Why it is held back, or null.</param>
/// <param name="Before">The fingerprint of the record last accepted; null for a new person.</param>
/// <param name="After">The fingerprint of the record.</param>
/// <param name="Attributes">What changes.</param>
/// <param name="Record">The complete record.</param>
internal sealed record PlanLine(
    string ExternalId, string Kind, string? Held, string? Before, string After, IReadOnlyList<AttributeChange> Attributes, JsonElement Record);
