using System;
using System.Collections.Generic;

namespace InboundProvisioning.State;

/// <summary>Which people of a state are wanted.</summary>
public sealed record RecordSelection
{
    /// <summary>The statuses; empty: any.</summary>
    public IReadOnlyCollection<RecordStatus> Statuses { get; init; } = [];

    /// <summary>The time since which something became of them: accepted, an outcome, refused, held back or missing; or null.</summary>
    public DateTimeOffset? Since { get; init; }

    internal bool Has(ProvisioningRecord record) => HasStatus(record) && IsSince(record);

    private bool HasStatus(ProvisioningRecord record)
    {
        if (Statuses.Count == 0)
        {
            return true;
        }

        foreach (RecordStatus status in Statuses)
        {
            // Somebody may be missing and have failed as well.
            if (status == record.Status || (status == RecordStatus.Missing && record.MissingSince is not null))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSince(ProvisioningRecord record) =>
        Since is not DateTimeOffset since || record.AcceptedOn >= since || record.OutcomeOn >= since || record.MissingSince >= since;
}
