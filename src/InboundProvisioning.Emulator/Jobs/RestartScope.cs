using System;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>
/// What a restart forgets: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjobrestartcriteria
/// The values are those of synchronizationJobRestartScope in the published metadata.
/// </summary>
[Flags]
internal enum RestartScope
{
    None = 0,
    ConnectorDataStore = 1,
    Escrows = 2,
    Watermark = 4,
    QuarantineState = 8,
    Full = 15,
    ForceDeletes = 32,
}
