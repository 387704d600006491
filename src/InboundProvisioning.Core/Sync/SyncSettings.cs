using System;
using System.Collections.Generic;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>How a run of a synchronization goes.</summary>
public sealed record SyncSettings
{
    /// <summary>The calls that a tenant has in 24 hours with Entra ID P1 or P2.</summary>
    public const int DefaultDailyCallLimit = 2000;

    /// <summary>How often one and the same record is sent.</summary>
    public const int DefaultMaximumAttempts = 5;

    /// <summary>Where the state is: a file, as its full path, or what keeps it.</summary>
    public required StateLocation StatePath { get; init; }

    /// <summary>What a new state keeps; null for <see cref="StateContent.Record"/>, and of one that is there what it has.</summary>
    public StateContent? StateContent { get; init; }

    /// <summary>Whether the state may lie on a share.</summary>
    public bool AllowNetworkPath { get; init; }

    /// <summary>How long to wait for a run that holds the state.</summary>
    public TimeSpan WaitForLock { get; init; }

    /// <summary>Whether all people of an empty state are sent.</summary>
    public bool Initial { get; init; }

    /// <summary>Whether the source is taken as accepted without a call.</summary>
    public bool Baseline { get; init; }

    /// <summary>The limits.</summary>
    public SafeguardLimits Limits { get; init; } = new();

    /// <summary>What a stop does.</summary>
    public LimitAction LimitAction { get; init; }

    /// <summary>What becomes of people who are not in the source any more.</summary>
    public MissingRecordHandling MissingRecord { get; init; }

    /// <summary>After how many runs in a row a missing person is disabled.</summary>
    public int MissingRuns { get; init; } = 2;

    /// <summary>What becomes of people whose record differs only because the mapping was changed.</summary>
    public MappingChangeHandling? MappingChange { get; init; }

    /// <summary>The mapping and what else decides on what becomes of a row, as text.</summary>
    public string MappingText { get; init; } = string.Empty;

    /// <summary>People who are in the source always.</summary>
    public IReadOnlyList<string> RequiredRecords { get; init; } = [];

    /// <summary>How old the source may be; null for any age.</summary>
    public TimeSpan? MaximumFileAge { get; init; }

    /// <summary>The most calls in 24 hours, those of earlier runs too.</summary>
    public int DailyCallLimit { get; init; } = DefaultDailyCallLimit;

    /// <summary>How often one and the same record is sent, where the service fails at it.</summary>
    public int MaximumAttempts { get; init; } = DefaultMaximumAttempts;

    /// <summary>How long the run may take; null for any time.</summary>
    public TimeSpan? MaximumDuration { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
