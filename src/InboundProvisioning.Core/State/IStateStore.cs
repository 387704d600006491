using System;
using System.Collections.Generic;
using System.Threading;

namespace InboundProvisioning.State;

/// <summary>
/// Keeps a state elsewhere, as one file that is fetched and written as a whole, with a lease as its lock. Its faults name the place and no
/// secret. May be called from several threads.
/// </summary>
internal interface IStateStore
{
    /// <summary>What the state is called in messages.</summary>
    string Name { get; }

    /// <summary>What is there, or null.</summary>
    StoredState? Find(CancellationToken cancellationToken);

    /// <summary>Keeps a new state.</summary>
    /// <returns>False where there is one already.</returns>
    bool Create(string file, StateHolder holder, CancellationToken cancellationToken);

    /// <summary>Takes the lease for <see cref="StateKeeper.LeaseTime"/>.</summary>
    LeaseAnswer TakeLease(Guid lease, CancellationToken cancellationToken);

    /// <summary>Has the lease run on from now.</summary>
    /// <returns>False where it is not this run's any more.</returns>
    bool RenewLease(Guid lease, CancellationToken cancellationToken);

    /// <summary>Gives the lease up.</summary>
    void ReleaseLease(Guid lease, CancellationToken cancellationToken);

    /// <summary>Notes who holds the lease.</summary>
    /// <returns>The version from then on; null where the lease is not this run's any more.</returns>
    string? Mark(Guid lease, StateHolder holder, CancellationToken cancellationToken);

    /// <summary>Fetches the state into a file that is not there yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="version">The version that it must have; null for any.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>False where there is none, or none of this version.</returns>
    bool Fetch(string file, string? version, CancellationToken cancellationToken);

    /// <summary>Keeps a file as the state, in place of a version of it and under the lease.</summary>
    /// <returns>The new version; null where the state is another one meanwhile, or the lease not this run's any more.</returns>
    string? Write(string file, string version, Guid lease, StateHolder holder, CancellationToken cancellationToken);

    /// <summary>The copies, the newest first.</summary>
    IReadOnlyList<StoredCopy> Copies(CancellationToken cancellationToken);

    /// <summary>Fetches a copy.</summary>
    void FetchCopy(StoredCopy copy, string file, CancellationToken cancellationToken);

    /// <summary>Keeps a file as a copy, in place of the oldest where there are enough.</summary>
    void WriteCopy(string file, CancellationToken cancellationToken);

    /// <summary>Takes all copies away.</summary>
    /// <returns>How many there were.</returns>
    int DeleteCopies(CancellationToken cancellationToken);

    /// <summary>Keeps a file beside the state, under a name with this ending or, where that is taken, a longer one.</summary>
    /// <returns>The name.</returns>
    string WriteBeside(string file, string ending, CancellationToken cancellationToken);

    /// <summary>Fetches what <see cref="WriteBeside"/> kept.</summary>
    void FetchBeside(string name, string file, CancellationToken cancellationToken);

    /// <summary>Takes the state away.</summary>
    /// <param name="lease">The lease on it; null where nobody may hold one.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    void Remove(Guid? lease, CancellationToken cancellationToken);
}
