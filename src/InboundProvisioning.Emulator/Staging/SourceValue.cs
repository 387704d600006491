using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>An attribute of a record, as texts.</summary>
internal readonly record struct SourceValue(SourcePresence Presence, IReadOnlyList<string> Values);
