using System;
using System.Collections.Generic;
using InboundProvisioning.Checks;
using InboundProvisioning.Outcomes;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>What a run came to.</summary>
public sealed record SyncResult
{
    /// <summary>How it ended.</summary>
    public SyncStatus Status { get; init; }

    /// <summary>
    /// For <c>exit</c>: 0 done, 1 failed, 2 stopped by a safeguard, 3 incomplete, 4 rows rejected, records refused or held back, or people of
    /// whom the provisioning logs tell anew that the service has failed.
    /// </summary>
    public int ExitCode => Status switch
    {
        SyncStatus.Failed => 1,
        SyncStatus.Stopped => 2,
        _ when Stops.Count > 0 => 2,
        SyncStatus.Incomplete => 3,
        _ => Rejected + Refused + Held + (Outcome?.Failed ?? 0) > 0 ? 4 : 0,
    };

    /// <summary>The number of the run in its state; 0 where it wrote nothing.</summary>
    public long RunId { get; init; }

    /// <summary>The plan that it followed, or null.</summary>
    public string? PlanId { get; init; }

    /// <summary>Rows of the source.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that could not be used.</summary>
    public long Rejected { get; init; }

    /// <summary>New people.</summary>
    public long New { get; init; }

    /// <summary>People of whom attributes changed.</summary>
    public long Changed { get; init; }

    /// <summary>People who are active again.</summary>
    public long Reactivated { get; init; }

    /// <summary>People who are not active any more, those among them who are missing and disabled for that.</summary>
    public long Deactivated { get; init; }

    /// <summary>People whose record is as it was.</summary>
    public long Unchanged { get; init; }

    /// <summary>Known people who are not in the source.</summary>
    public long Missing { get; init; }

    /// <summary>Records that are held back.</summary>
    public long Held { get; init; }

    /// <summary>Records that differ only by a changed mapping and wait for another change of their person.</summary>
    public long Waiting { get; init; }

    /// <summary>Records that are as they were and go again: the service failed at them, or nothing was heard of them.</summary>
    public long Again { get; init; }

    /// <summary>Findings of records that are sent all the same.</summary>
    public long Warnings { get; init; }

    /// <summary>
    /// What the check found of the records that were new or changed, the first 500: errors held the record back, with warnings it was sent.
    /// </summary>
    public IReadOnlyList<PayloadFinding> Findings { get; init; } = [];

    /// <summary>Records that were sent, accepted or not.</summary>
    public long Sent { get; init; }

    /// <summary>Records that the service has taken.</summary>
    public long Accepted { get; init; }

    /// <summary>Records that the service does not take.</summary>
    public long Refused { get; init; }

    /// <summary>Records that are left for the next run.</summary>
    public long Left { get; init; }

    /// <summary>Calls that the run made.</summary>
    public int Calls { get; init; }

    /// <summary>Calls that are left of the day's.</summary>
    public int CallsLeft { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedOn { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What the provisioning logs have told anew, of the runs before and with <c>-WaitOutcome</c> of this one; null where they were not read.</summary>
    public OutcomeSummary? Outcome { get; init; }

    /// <summary>What held it back.</summary>
    public IReadOnlyList<SafeguardStop> Stops { get; init; } = [];

    /// <summary>The fault that ended it, or null.</summary>
    public InboundProvisioningException? Fault { get; init; }

    /// <summary>Why it ended early, in one sentence, or null.</summary>
    public string? Reason { get; init; }
}
