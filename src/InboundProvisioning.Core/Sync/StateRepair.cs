using System;
using System.Globalization;
using System.IO;
using System.Threading;
using InboundProvisioning.State;

namespace InboundProvisioning.Sync;

/// <summary>Brings a damaged or lost state back.</summary>
public static class StateRepair
{
    /// <summary>Puts the newest good copy in place of a state; what was there is kept under another name.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    /// <exception cref="InboundProvisioningException"><c>StateNotRepaired</c>: no copy is good. <c>StateNotDamaged</c>, <c>StateLocked</c>.</exception>
    public static StateRepairResult FromCopy(string statePath, TimeProvider time, CancellationToken cancellationToken)
    {
        using StateLock held = StateAccess.Lock(statePath, TimeSpan.Zero, time, cancellationToken);
        if (File.Exists(statePath) && PeopleOf(statePath) is not null)
        {
            throw new InboundProvisioningException(
                "StateNotDamaged",
                FaultKind.Refused,
                $"The state {statePath} is not damaged, and a copy knows less: limits, approvals, calls and people of the time since then would be lost. Nothing was done. To go back to a copy all the same, move the state away first.",
                statePath);
        }

        for (int number = 1; number <= StateCopies.Count; number++)
        {
            string copy = StateCopies.PathOf(statePath, number);
            if (File.Exists(copy) && PeopleOf(copy) is long people)
            {
                string? kept = Rename(statePath, time);
                StateCopies.Bring(copy, statePath);
                return new StateRepairResult(statePath, copy, new DateTimeOffset(File.GetLastWriteTimeUtc(copy)), people, kept);
            }
        }

        throw new InboundProvisioningException(
            "StateNotRepaired",
            FaultKind.NotFound,
            $"Beside {statePath} lies no good copy. Give -BaselinePath the file that was sent last, with its -AttributeMapping: its people are then taken as accepted, without a call.",
            statePath);
    }

    /// <summary>Puts a state that no run holds aside under another name, with the journal of what was being written.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    /// <returns>The new name; null where there was none.</returns>
    /// <exception cref="InboundProvisioningException"><c>StateLocked</c>.</exception>
    public static string? PutAside(string statePath, TimeProvider time, CancellationToken cancellationToken)
    {
        using StateLock held = StateAccess.Lock(statePath, TimeSpan.Zero, time, cancellationToken);
        return Rename(statePath, time);
    }

    /// <summary>Brings a state back that was put aside, in place of what was begun instead.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="kept">What <see cref="PutAside"/> gave.</param>
    public static void BringBack(string statePath, string? kept)
    {
        File.Delete(statePath);
        if (kept is null)
        {
            return;
        }

        File.Move(kept, statePath);
        if (File.Exists(kept + "-journal"))
        {
            File.Move(kept + "-journal", statePath + "-journal");
        }
    }

    private static string? Rename(string statePath, TimeProvider time)
    {
        if (!File.Exists(statePath))
        {
            return null;
        }

        string kept = Free(statePath + time.GetUtcNow().UtcDateTime.ToString("'.damaged-'yyyyMMddHHmmss", CultureInfo.InvariantCulture));
        File.Move(statePath, kept);
        if (File.Exists(statePath + "-journal"))
        {
            File.Move(statePath + "-journal", kept + "-journal");
        }

        return kept;
    }

    private static string Free(string path)
    {
        string free = path;
        for (int number = 2; File.Exists(free); number++)
        {
            free = path + "-" + number.ToString(CultureInfo.InvariantCulture);
        }

        return free;
    }

    private static long? PeopleOf(string copy)
    {
        try
        {
            using SqliteState state = SqliteState.Open(copy, writes: false, checks: true);
            return state.People;
        }
        catch (InboundProvisioningException fault) when (fault.ErrorId != "StateEngineUnavailable")
        {
            return null;
        }
    }
}
