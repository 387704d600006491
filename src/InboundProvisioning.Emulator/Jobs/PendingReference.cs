using System;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>A reference to a manager who was not there yet. It is looked for again in each run.</summary>
internal sealed record PendingReference(Guid UserId, string SourceId, string SourceName, string ManagerSourceId);
