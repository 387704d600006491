using System;
using System.Collections.Generic;
using InboundProvisioning.State;

namespace InboundProvisioning.Outcomes;

/// <summary>The people of a state, and what became of their records.</summary>
public static class KnownRecords
{
    /// <summary>Goes through people, one at a time; a run may hold the state meanwhile.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="externalIds">Whom, without regard to case; null: everybody.</param>
    /// <param name="selection">Which of them.</param>
    /// <param name="record">Takes them; false ends it.</param>
    /// <returns>Those of <paramref name="externalIds"/> of whom nothing is known.</returns>
    /// <exception cref="InboundProvisioningException"><c>StateNotFound</c>, and what is wrong with the file.</exception>
    public static IReadOnlyList<string> Read(
        StateLocation statePath, IReadOnlyCollection<string>? externalIds, RecordSelection selection, Func<ProvisioningRecord, bool> record)
    {
        using SqliteState state = StateAccess.OpenToRead(statePath);
        if (externalIds is null)
        {
            state.Outcomes.Read(selection.Since, found => !selection.Has(found) || record(Advised(found)));
            return [];
        }

        var unknown = new List<string>();
        foreach (string externalId in externalIds)
        {
            if (state.Outcomes.Find(PersonKey.Of(externalId)) is not { } found)
            {
                unknown.Add(externalId);
            }
            else if (selection.Has(found) && !record(Advised(found)))
            {
                break;
            }
        }

        return unknown;
    }

    // What was kept without the service's words still has a code.
    private static ProvisioningRecord Advised(ProvisioningRecord record) =>
        record.Remedy is null && record.Status == RecordStatus.Failed ? record with { Remedy = OutcomeError.Of(record.ErrorCode).Remedy } : record;
}
