using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Checks;
using InboundProvisioning.Scim;
using InboundProvisioning.State;
using InboundProvisioning.Sync.Changes;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>What a run would do.</summary>
public sealed record ProvisioningPlan
{
    /// <summary>How many changes <see cref="Changes"/> holds at the most; a plan file holds all.</summary>
    public const int MostChanges = 100_000;

    // The documented limit: 40 calls in any 5 seconds.
    private const double CallsPerMinute = 480;

    /// <summary>Its id, which follows from its changes.</summary>
    public required string PlanId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedOn { get; init; }

    /// <summary>Rows of the source.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that cannot be used.</summary>
    public required long Rejected { get; init; }

    /// <summary>New people.</summary>
    public required long New { get; init; }

    /// <summary>People of whom attributes change.</summary>
    public required long Changed { get; init; }

    /// <summary>People who become active again.</summary>
    public required long Reactivated { get; init; }

    /// <summary>People who become inactive, those among them who are disabled as missing.</summary>
    public required long Deactivated { get; init; }

    /// <summary>People whose record is as it was.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Known people who are not in the source.</summary>
    public required long Missing { get; init; }

    /// <summary>Records that are held back.</summary>
    public required long Held { get; init; }

    /// <summary>Records that wait for another change of their person: <c>-MappingChange Lazy</c>.</summary>
    public required long Waiting { get; init; }

    /// <summary>Records that are as they were and go again: the service failed at them, or nothing was heard of them.</summary>
    public required long Again { get; init; }

    /// <summary>Findings of records that would be sent all the same.</summary>
    public long Warnings { get; init; }

    /// <summary>
    /// What the check finds of the records that are new or change, the first 500: errors hold the record back, with warnings it is sent.
    /// </summary>
    public IReadOnlyList<PayloadFinding> Findings { get; init; } = [];

    /// <summary>Records that would be sent.</summary>
    public required long Records { get; init; }

    /// <summary>Calls that would be made.</summary>
    public required long Calls { get; init; }

    /// <summary>Requests of an earlier run that are in doubt: they go again first, and each is a call more.</summary>
    public long InDoubt { get; init; }

    /// <summary>Calls that are left of the day's.</summary>
    public required int CallsLeft { get; init; }

    /// <summary>How long the calls take at the documented limits, in minutes.</summary>
    public required double Minutes { get; init; }

    /// <summary>The attributes that change, the most frequent one first.</summary>
    public required IReadOnlyList<PlannedAttribute> Attributes { get; init; }

    /// <summary>What would stop the run.</summary>
    public required IReadOnlyList<SafeguardStop> Stops { get; init; }

    /// <summary>The changes, in the order in which they would go; the first 100,000.</summary>
    public IReadOnlyList<PlannedChange> Changes { get; init; } = [];

    /// <summary>The state that it was made on.</summary>
    public required string StatePath { get; init; }

    internal static ProvisioningPlan Of(SyncPlan plan, IProvisioningState state, SyncSettings settings, int callsLeft, DateTimeOffset now)
    {
        ChangeCollector collector = plan.Collector;
        int inDoubt = state.InDoubt().Count;
        long calls = (plan.ToSend + BulkRequestDocument.OperationLimit - 1) / BulkRequestDocument.OperationLimit;
        PlannedAttribute[] attributes =
        [
            .. collector.Attributes.Counts
                .Where(static count => count.Changed > 0)
                .OrderByDescending(static count => count.Changed)
                .ThenBy(static count => count.Attribute, StringComparer.Ordinal)
                .Select(static count => new PlannedAttribute(count.Attribute, count.Changed, count.Cleared)),
        ];
        return new ProvisioningPlan
        {
            PlanId = plan.Id,
            CreatedOn = now,
            Rows = plan.Facts.Summary.Rows,
            Rejected = plan.Facts.Summary.RejectedRows,
            New = collector.CountOf(ChangeKind.New),
            Changed = collector.CountOf(ChangeKind.Changed),
            Reactivated = collector.CountOf(ChangeKind.Reactivated),
            Deactivated = collector.CountOf(ChangeKind.Deactivated, ChangeKind.Missing),
            Unchanged = collector.Unchanged,
            Missing = plan.Missing.Count,
            Held = plan.Held,
            Waiting = plan.Waiting,
            Again = collector.CountOf(ChangeKind.Again),
            Records = plan.ToSend,
            Calls = calls + inDoubt,
            InDoubt = inDoubt,
            CallsLeft = callsLeft,
            Minutes = Math.Round((calls + inDoubt) / CallsPerMinute, 1),
            Warnings = plan.Findings.Warnings,
            Findings = plan.Findings.First,
            Attributes = attributes,
            Stops = plan.Stops,
            StatePath = settings.StatePath.Path,
        };
    }
}
