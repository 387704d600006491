using System.Collections.Generic;

namespace InboundProvisioning.Sync;

/// <summary>A changed mapping that not all records agree with yet.</summary>
/// <param name="Digest">Of the mapping.</param>
/// <param name="Handling">What becomes of the others.</param>
/// <param name="Attributes">What it changes.</param>
internal sealed record MappingPending(string Digest, MappingChangeHandling Handling, IReadOnlyList<string> Attributes);
