using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using InboundProvisioning.Records;
using InboundProvisioning.Scim;
using InboundProvisioning.State;

namespace InboundProvisioning.Sync;

/// <summary>
/// Takes people out of a state and its copies, as the right to erasure asks for (GDPR, article 17). The directory is not touched, nor is
/// what others keep: files of the source, plan files, reject files, reports, logs.
/// </summary>
public static class RecordErasure
{
    /// <summary>Forgets people.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="externalIds">Whom, without regard to case.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    /// <returns>Those of whom nothing was known.</returns>
    /// <exception cref="InboundProvisioningException">
    /// <c>RecordInDoubt</c>: a request with the person may be on its way. <c>StateNotFound</c>, <c>StateLocked</c>, and what is wrong with the file.
    /// </exception>
    public static IReadOnlyList<string> Erase(StateLocation statePath, IReadOnlyCollection<string> externalIds, TimeProvider time, CancellationToken cancellationToken)
    {
        using SqliteState state = StateAccess.OpenAlone(statePath, time, cancellationToken);
        RefuseInDoubt(state, externalIds, statePath.Path);
        var known = new HashSet<string>(state.Forget(externalIds), StringComparer.OrdinalIgnoreCase);
        known.UnionWith(ForgetInRuns(state, externalIds));
        string[] unknown = [.. externalIds.Where(externalId => !known.Contains(externalId))];
        if (known.Count > 0 || state.HasOldCopies)
        {
            state.Save();
            state.CopyAnew();
        }

        return unknown;
    }

    // What runs tell of records that were rejected or held back, and of people whom a stop was about.
    private static HashSet<string> ForgetInRuns(SqliteState state, IReadOnlyCollection<string> externalIds)
    {
        var people = new HashSet<string>(externalIds, StringComparer.OrdinalIgnoreCase);
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (RunRecord run in state.Runs(int.MaxValue))
        {
            RunSummary summary = JsonSerializer.Deserialize(run.Result, SyncJson.Default.RunSummary)!;
            string[] named = [.. summary.People().Where(people.Contains)];
            if (named.Length > 0)
            {
                found.UnionWith(named);
                state.SetResult(run.Id, JsonSerializer.Serialize(summary.Without(people), SyncJson.Default.RunSummary));
            }
        }

        return found;
    }

    private static void RefuseInDoubt(SqliteState state, IReadOnlyCollection<string> externalIds, string statePath)
    {
        HashSet<long> people = [.. externalIds.Select(PersonKey.Of)];
        var reader = new RecordReader(state.Shapes);
        foreach (OutboxRequest request in state.InDoubt())
        {
            string? found = BulkRequestUsers.Of(request.Body).Select(user => reader.Read(user.Span).ExternalId!).FirstOrDefault(externalId => people.Contains(PersonKey.Of(externalId)));
            if (found is not null)
            {
                throw new InboundProvisioningException(
                    "RecordInDoubt",
                    FaultKind.Refused,
                    $"A request with the record of '{found}' was sent, and its answer is not known. Nobody was forgotten. Let Sync-InboundProvisioning settle it first, then try again.",
                    statePath);
            }
        }
    }
}
