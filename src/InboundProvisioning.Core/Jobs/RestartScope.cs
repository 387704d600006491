using System;

namespace InboundProvisioning.Jobs;

/// <summary>
/// What a restart clears (synchronizationJobRestartScope):
/// https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjobrestartcriteria.
/// </summary>
[Flags]
public enum RestartScope
{
    /// <summary>Nothing: Microsoft says not to use it, and to start the job instead.</summary>
    None = 0,

    /// <summary>The cache of all users; Microsoft says to use it on the advice of its support only.</summary>
    ConnectorDataStore = 1,

    /// <summary>Failures that are tried again.</summary>
    Escrows = 2,

    /// <summary>How far the job has come: all users are evaluated again, and what was uploaded and not processed is gone.</summary>
    Watermark = 4,

    /// <summary>The quarantine, for the time being.</summary>
    QuarantineState = 8,

    /// <summary>All of the above.</summary>
    Full = 15,

    /// <summary>Carries out the deletions that the accidental-deletion threshold has held back.</summary>
    ForceDeletes = 32,
}
