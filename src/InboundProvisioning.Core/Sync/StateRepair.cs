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
    public static StateRepairResult FromCopy(StateLocation statePath, TimeProvider time, CancellationToken cancellationToken) =>
        statePath.Store is { } store ? FromCopy(store, time, cancellationToken) : FromCopy(statePath.Path, time, cancellationToken);

    /// <summary>Finds the copy that <see cref="FromCopy(StateLocation, TimeProvider, CancellationToken)"/> would take; changes nothing, and takes no lock.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InboundProvisioningException"><c>StateNotRepaired</c>: no copy is good. <c>StateNotDamaged</c>, as far as that is seen without the lock.</exception>
    public static StateRepairCopy FindCopy(StateLocation statePath, CancellationToken cancellationToken)
    {
        if (statePath.Store is { } store)
        {
            using var folder = StateFolder.Create();
            (StoredCopy copy, long people) = FetchGood(store, folder, cancellationToken) ?? throw NotRepaired(store.Name);
            return new StateRepairCopy(copy.Name, copy.WrittenOn, people);
        }

        if (File.Exists(statePath.Path) && PeopleOf(statePath.Path) is not null)
        {
            throw NotDamaged(statePath.Path);
        }

        return FindGood(statePath.Path) ?? throw NotRepaired(statePath.Path);
    }

    /// <summary>Puts a state that no run holds aside under another name, with the journal of what was being written.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    /// <returns>The new name; null where there was none.</returns>
    /// <exception cref="InboundProvisioningException"><c>StateLocked</c>.</exception>
    public static string? PutAside(StateLocation statePath, TimeProvider time, CancellationToken cancellationToken)
    {
        if (statePath.Store is { } store)
        {
            if (store.Find(cancellationToken) is null)
            {
                return null;
            }

            using StateKeeper keeper = StateAccess.Take(store, time, cancellationToken);
            string kept = keeper.WriteBeside(DamagedEnding(time), cancellationToken);
            keeper.Remove(cancellationToken);
            return kept;
        }

        using StateLock held = StateAccess.Lock(statePath.Path, TimeSpan.Zero, time, cancellationToken);
        return Rename(statePath.Path, time);
    }

    /// <summary>Brings a state back that was put aside, in place of what was begun instead.</summary>
    /// <param name="statePath">The state.</param>
    /// <param name="kept">What <see cref="PutAside"/> gave.</param>
    /// <param name="time">The clock.</param>
    public static void BringBack(StateLocation statePath, string? kept, TimeProvider time)
    {
        if (statePath.Store is { } store)
        {
            BringBack(store, kept, time);
            return;
        }

        File.Delete(statePath.Path);
        if (kept is null)
        {
            return;
        }

        File.Move(kept, statePath.Path);
        if (File.Exists(kept + "-journal"))
        {
            File.Move(kept + "-journal", statePath.Path + "-journal");
        }
    }

    private static void BringBack(IStateStore store, string? kept, TimeProvider time)
    {
        if (store.Find(CancellationToken.None) is not null)
        {
            store.Remove(lease: null, CancellationToken.None);
        }

        if (kept is not null)
        {
            using var folder = StateFolder.Create();
            store.FetchBeside(kept, folder.State, CancellationToken.None);
            store.Create(folder.State, StateAccess.Holder(time), CancellationToken.None);
        }
    }

    private static StateRepairResult FromCopy(IStateStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        using StateKeeper? keeper = store.Find(cancellationToken) is null ? null : StateAccess.Take(store, time, cancellationToken);
        if (keeper is not null && PeopleOf(keeper.File) is not null)
        {
            throw NotDamaged(store.Name);
        }

        using var folder = StateFolder.Create();
        (StoredCopy copy, long people) = FetchGood(store, folder, cancellationToken) ?? throw NotRepaired(store.Name);
        string? kept = keeper?.WriteBeside(DamagedEnding(time), cancellationToken);
        if (keeper is not null)
        {
            StateCopies.Copy(folder.State, keeper.Outgoing, toDisk: false);
            keeper.Write();
        }
        else if (!store.Create(folder.State, StateAccess.Holder(time), cancellationToken))
        {
            throw StateFault.Locked(store.Name, (StateHolder?)null);
        }

        return new StateRepairResult(store.Name, copy.Name, copy.WrittenOn, people, kept);
    }

    // The newest good copy, which then lies in the folder.
    private static (StoredCopy Copy, long People)? FetchGood(IStateStore store, StateFolder folder, CancellationToken cancellationToken)
    {
        foreach (StoredCopy copy in store.Copies(cancellationToken))
        {
            File.Delete(folder.State);
            store.FetchCopy(copy, folder.State, cancellationToken);
            if (PeopleOf(folder.State) is long people)
            {
                return (copy, people);
            }
        }

        return null;
    }

    private static StateRepairResult FromCopy(string statePath, TimeProvider time, CancellationToken cancellationToken)
    {
        using StateLock held = StateAccess.Lock(statePath, TimeSpan.Zero, time, cancellationToken);
        if (File.Exists(statePath) && PeopleOf(statePath) is not null)
        {
            throw NotDamaged(statePath);
        }

        StateRepairCopy copy = FindGood(statePath) ?? throw NotRepaired(statePath);
        string? kept = Rename(statePath, time);
        StateCopies.Bring(copy.Name, statePath);
        return new StateRepairResult(statePath, copy.Name, copy.WrittenOn, copy.People, kept);
    }

    private static StateRepairCopy? FindGood(string statePath)
    {
        for (int number = 1; number <= StateCopies.Count; number++)
        {
            string copy = StateCopies.PathOf(statePath, number);
            if (File.Exists(copy) && PeopleOf(copy) is long people)
            {
                return new StateRepairCopy(copy, new DateTimeOffset(File.GetLastWriteTimeUtc(copy)), people);
            }
        }

        return null;
    }

    private static InboundProvisioningException NotDamaged(string statePath) => new(
        "StateNotDamaged",
        FaultKind.Refused,
        $"The state {statePath} is not damaged, and a copy knows less: limits, approvals, calls and people of the time since then would be lost. Nothing was done. To go back to a copy all the same, move the state away first.",
        statePath);

    private static InboundProvisioningException NotRepaired(string statePath) => new(
        "StateNotRepaired",
        FaultKind.NotFound,
        $"Beside {statePath} lies no good copy. Give -BaselinePath the file that was sent last, with its -AttributeMapping: its people are then taken as accepted, without a call.",
        statePath);

    private static string DamagedEnding(TimeProvider time) => time.GetUtcNow().UtcDateTime.ToString("'.damaged-'yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private static string? Rename(string statePath, TimeProvider time)
    {
        if (!File.Exists(statePath))
        {
            return null;
        }

        string kept = Free(statePath + DamagedEnding(time));
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
