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
            Read(state, key: null, selection, record);
            return [];
        }

        var unknown = new List<string>();
        foreach (string externalId in externalIds)
        {
            bool isKnown = false;
            bool isEnded = false;
            Read(state, PersonKey.Of(externalId), selection with { Statuses = [], Since = null }, found =>
            {
                isKnown = true;
                isEnded = selection.Has(found) && !record(found);
                return !isEnded;
            });
            if (!isKnown)
            {
                unknown.Add(externalId);
            }

            if (isEnded)
            {
                break;
            }
        }

        return unknown;
    }

    private static void Read(SqliteState state, long? key, RecordSelection selection, Func<ProvisioningRecord, bool> record) =>
        state.Outcomes.Read(key, found => !selection.Has(found) || record(Advised(found)));

    // What was kept without the service's words still has a code.
    private static ProvisioningRecord Advised(ProvisioningRecord record) =>
        record.Remedy is null && record.Status == RecordStatus.Failed ? record with { Remedy = OutcomeError.Of(record.ErrorCode).Remedy } : record;
}
