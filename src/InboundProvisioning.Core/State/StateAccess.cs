using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace InboundProvisioning.State;

/// <summary>Ways into a state, wherever it is kept.</summary>
internal static class StateAccess
{
    /// <summary>Whether there is one.</summary>
    public static bool Exists(StateLocation location, CancellationToken cancellationToken) =>
        location.Store is { } store ? store.Find(cancellationToken) is not null : File.Exists(location.Path);

    /// <summary>Whether there is a copy of one.</summary>
    public static bool HasCopy(StateLocation location, CancellationToken cancellationToken) =>
        location.Store is { } store ? store.Copies(cancellationToken).Count > 0 : File.Exists(StateCopies.PathOf(location.Path, 1));

    /// <summary>Opens a state for a run, or makes it. It is this run's alone until it is disposed; the run says when it is to be saved.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="newContent">What a new one keeps.</param>
    /// <param name="wait">How long to wait for another run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InboundProvisioningException">As <see cref="SqliteState.Open"/>, <c>StateLocked</c> and <c>StateNotWritten</c>.</exception>
    public static SqliteState OpenForRun(StateLocation location, StateContent newContent, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        StateHolder holder = Holder(time);
        SqliteState state;
        if (location.Store is { } store)
        {
            state = Open(StateKeeper.Take(store, holder, wait, file => SqliteState.Create(file, newContent).Dispose(), time, cancellationToken));
        }
        else
        {
            StateLock held = Lock(location.Path, wait, time, cancellationToken);
            state = File.Exists(location.Path)
                ? SqliteState.Open(location.Path, writes: true, checks: true, owned: held)
                : SqliteState.Create(location.Path, newContent, held);
        }

        try
        {
            state.Hold(holder);
            return state;
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Opens a state that is there to change it. It is the caller's alone until it is disposed; the caller says when it is to be saved.</summary>
    /// <exception cref="InboundProvisioningException">As <see cref="OpenForRun"/>, and <c>StateNotFound</c>.</exception>
    public static SqliteState OpenAlone(StateLocation location, TimeProvider time, CancellationToken cancellationToken) => Exists(location, cancellationToken)
        ? OpenForRun(location, StateContent.Record, TimeSpan.Zero, time, cancellationToken)
        : throw StateFault.Missing(location.Path, HasCopy(location, cancellationToken));

    /// <summary>Takes the lock of a state in a file.</summary>
    /// <exception cref="InboundProvisioningException"><c>StateLocked</c>, with who holds it; <c>StateNotWritten</c>.</exception>
    public static StateLock Lock(string path, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return StateLock.TryTake(path, wait, time, cancellationToken) ?? throw LockedBy(path);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new InboundProvisioningException(
                "StateNotWritten",
                FaultKind.PermissionDenied,
                $"The folder of the state {path} cannot be written: {fault.Message} Give this account the right to write it, or another -StatePath.",
                path,
                fault);
        }
    }

    /// <summary>Takes a state that is kept elsewhere.</summary>
    /// <exception cref="InboundProvisioningException"><c>StateLocked</c>, <c>StateNotFound</c>, and the faults of the store.</exception>
    public static StateKeeper Take(IStateStore store, TimeProvider time, CancellationToken cancellationToken) =>
        StateKeeper.Take(store, Holder(time), TimeSpan.Zero, create: null, time, cancellationToken);

    /// <summary>Opens a state to change a little of it: each change is kept when its call returns.</summary>
    /// <exception cref="InboundProvisioningException">As <see cref="SqliteState.Open"/>, <c>StateNotFound</c>, and <c>StateLocked</c> where it is no file.</exception>
    public static SqliteState OpenToWrite(StateLocation location, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        if (location.Store is not { } store)
        {
            return File.Exists(location.Path) ? SqliteState.Open(location.Path, writes: true, checks: true) : throw StateFault.Missing(location.Path);
        }

        SqliteState state = Open(Take(store, time ?? TimeProvider.System, cancellationToken));
        state.SaveEachChange();
        return state;
    }

    /// <summary>Opens a state to look at it.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="checks">Whether its pages are checked.</param>
    /// <param name="cancellationToken">Breaks off the way there.</param>
    /// <exception cref="InboundProvisioningException">As <see cref="SqliteState.Open"/>, and <c>StateNotFound</c>.</exception>
    public static SqliteState OpenToRead(StateLocation location, bool checks = false, CancellationToken cancellationToken = default)
    {
        if (location.Store is not { } store)
        {
            return File.Exists(location.Path) ? SqliteState.Open(location.Path, writes: false, checks) : throw StateFault.Missing(location.Path);
        }

        var folder = StateFolder.Create();
        try
        {
            if (!store.Fetch(folder.State, version: null, cancellationToken))
            {
                throw StateFault.Missing(store.Name, HasCopy(location, cancellationToken));
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        return SqliteState.Open(folder.State, writes: false, checks, store.Name, folder);
    }

    /// <summary>This run.</summary>
    public static StateHolder Holder(TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return new StateHolder(Environment.MachineName, process.Id, time.GetUtcNow(), Guid.NewGuid());
    }

    private static SqliteState Open(StateKeeper keeper) => SqliteState.Open(keeper.File, writes: true, checks: true, keeper.Name, keeper);

    private static InboundProvisioningException LockedBy(string path)
    {
        try
        {
            using SqliteState state = SqliteState.Open(path, writes: false, checks: false);
            return StateFault.Locked(path, state.Holder);
        }
        catch (InboundProvisioningException)
        {
            return StateFault.Locked(path, "one that cannot be told now");
        }
    }
}
