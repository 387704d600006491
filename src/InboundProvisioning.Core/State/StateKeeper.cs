using System;
using System.Threading;

namespace InboundProvisioning.State;

/// <summary>
/// Holds the lease on a state that is kept elsewhere, renews it, and brings the state there. Once the lease is lost, or the state another
/// one, nothing goes any more. May be called from several threads.
/// </summary>
internal sealed class StateKeeper : IDisposable
{
    /// <summary>How long a lease lasts without being renewed: the longest that Azure has but for ever. A killed machine's is over by then.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RenewalTime = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan RenewalRetryTime = TimeSpan.FromSeconds(5);

    // A renewal that is not answered in this time has failed for now.
    private static readonly TimeSpan RenewalTimeout = TimeSpan.FromSeconds(15);

    // Clocks and ways differ: a lease that may end so soon counts as ended.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(5);

    private readonly object _leaseGate = new();
    private readonly object _writeGate = new();
    private readonly IStateStore _store;
    private readonly StateFolder _folder;
    private readonly StateHolder _holder;
    private readonly Guid _lease = Guid.NewGuid();
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private ITimer? _renewal;
    private string _version = string.Empty;
    private bool _isHeld;
    private int _renewals;
    private long _confirmed;
    private InboundProvisioningException? _fault;

    private StateKeeper(IStateStore store, StateFolder folder, StateHolder holder, TimeProvider time)
    {
        _store = store;
        _folder = folder;
        _holder = holder;
        _time = time;
        Lost = _lost.Token;
    }

    /// <summary>What the state is called in messages.</summary>
    public string Name => _store.Name;

    /// <summary>The file that is worked on.</summary>
    public string File => _folder.State;

    /// <summary>Where the state is put between two transactions before <see cref="Write"/>.</summary>
    public string Outgoing => _folder.Outgoing;

    /// <summary>Cancelled when the lease is lost.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Why it was lost.</summary>
    public InboundProvisioningException? Fault => Volatile.Read(ref _fault);

    /// <summary>Takes the lease on a state and fetches it.</summary>
    /// <param name="store">Keeps it.</param>
    /// <param name="holder">This run.</param>
    /// <param name="wait">How long to wait for one that holds it.</param>
    /// <param name="create">Makes a new state in the file that it is given; null where there must be one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InboundProvisioningException"><c>StateLocked</c>, <c>StateNotFound</c>, and the faults of the store.</exception>
    public static StateKeeper Take(
        IStateStore store, StateHolder holder, TimeSpan wait, Action<string>? create, TimeProvider time, CancellationToken cancellationToken)
    {
        var keeper = new StateKeeper(store, StateFolder.Create(), holder, time);
        try
        {
            keeper.Take(wait, create, cancellationToken);
            return keeper;
        }
        catch
        {
            keeper.Dispose();
            throw;
        }
    }

    /// <summary>Makes sure, by asking, that the lease is still this run's. Where the place cannot be reached, it is for as long as it was taken.</summary>
    /// <exception cref="InboundProvisioningException"><c>StateLockLost</c>.</exception>
    public void Confirm()
    {
        int before = Volatile.Read(ref _renewals);
        lock (_leaseGate)
        {
            // Of several that ask at once, the first asks for those who wait.
            ThrowIfLost();
            if (_renewals == before)
            {
                Renew();
            }
        }
    }

    /// <summary>Keeps <see cref="Outgoing"/> as the state.</summary>
    /// <exception cref="InboundProvisioningException"><c>StateLockLost</c>, and the faults of the store.</exception>
    public void Write()
    {
        lock (_writeGate)
        {
            ThrowIfLost();
            try
            {
                _version = _store.Write(Outgoing, _version, _lease, _holder, Lost)
                    ?? throw Lose("it was written by another, or its lease was broken or taken over");
            }
            catch (OperationCanceledException)
            {
                ThrowIfLost();
                throw;
            }
        }
    }

    /// <summary>Keeps <see cref="Outgoing"/> as a copy.</summary>
    public void WriteCopy() => _store.WriteCopy(Outgoing, Lost);

    /// <summary>Takes all copies away.</summary>
    /// <returns>How many there were.</returns>
    public int DeleteCopies() => _store.DeleteCopies(Lost);

    /// <summary>Keeps the state as it was fetched beside itself, under another name.</summary>
    /// <param name="ending">What the name ends with.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>The name.</returns>
    public string WriteBeside(string ending, CancellationToken cancellationToken) => _store.WriteBeside(File, ending, cancellationToken);

    /// <summary>Takes the state away, and the lease with it.</summary>
    public void Remove(CancellationToken cancellationToken)
    {
        _store.Remove(_lease, cancellationToken);
        _isHeld = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _renewal?.Dispose();
        lock (_leaseGate)
        {
            if (_isHeld && _fault is null)
            {
                Release();
            }

            // A renewal that is still to come finds nothing to do.
            _fault ??= StateFault.LeaseLost(Name, "the run has ended");
        }

        _folder.Dispose();
        _lost.Dispose();
    }

    private void Take(TimeSpan wait, Action<string>? create, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long begun = _time.GetTimestamp();
            LeaseAnswer answer = _store.TakeLease(_lease, cancellationToken);
            if (answer == LeaseAnswer.Taken)
            {
                _confirmed = begun;
                _isHeld = true;
                break;
            }

            if (answer == LeaseAnswer.NoState)
            {
                if (create is null)
                {
                    throw StateFault.Missing(Name, hasCopy: _store.Copies(cancellationToken).Count > 0);
                }

                // Of several that begin at once, one creates it.
                create(Outgoing);
                _store.Create(Outgoing, _holder, cancellationToken);
                System.IO.File.Delete(Outgoing);
                continue;
            }

            if (_time.GetElapsedTime(started) >= wait)
            {
                StoredState? found = _store.Find(cancellationToken);
                throw found?.IsLeasedForEver == true ? StateFault.LeasedForEver(Name) : StateFault.Locked(Name, found?.Holder);
            }

            cancellationToken.WaitHandle.WaitOne(Pause);
        }

        _renewal = _time.CreateTimer(_ => RenewByTimer(), state: null, RenewalTime, Timeout.InfiniteTimeSpan);
        _version = _store.Mark(_lease, _holder, cancellationToken) ?? throw Lose("another has taken it at once");
        if (!_store.Fetch(File, _version, cancellationToken))
        {
            throw Lose("another has written it at once");
        }
    }

    private void RenewByTimer()
    {
        lock (_leaseGate)
        {
            if (_fault is not null)
            {
                return;
            }

            try
            {
                _renewal?.Change(Renew() ? RenewalTime : RenewalRetryTime, Timeout.InfiniteTimeSpan);
            }
            catch (InboundProvisioningException)
            {
                // It is lost, and the next call finds that.
            }
        }
    }

    private bool Renew()
    {
        Volatile.Write(ref _renewals, _renewals + 1);
        long begun = _time.GetTimestamp();
        try
        {
            using var timeout = new CancellationTokenSource(RenewalTimeout);
            if (!_store.RenewLease(_lease, timeout.Token))
            {
                throw Lose("its lease was broken, or another has taken it over");
            }

            _confirmed = begun;
            return true;
        }
        catch (Exception fault) when (fault is OperationCanceledException or InboundProvisioningException { ErrorId: not "StateLockLost" })
        {
            if (_time.GetElapsedTime(_confirmed) >= LeaseTime - Margin)
            {
                throw Lose("its lease could not be renewed in time" + (fault is InboundProvisioningException ? ": " + fault.Message.TrimEnd('.') : string.Empty));
            }

            return false;
        }
    }

    private InboundProvisioningException Lose(string reason)
    {
        InboundProvisioningException fault = StateFault.LeaseLost(Name, reason);
        InboundProvisioningException first = Interlocked.CompareExchange(ref _fault, fault, comparand: null) ?? fault;

        // On another thread: who waits for it would otherwise go on in this one.
        ThreadPool.QueueUserWorkItem(
            static source =>
            {
                try
                {
                    ((CancellationTokenSource)source!).Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // The run has ended meanwhile.
                }
            },
            _lost);
        return first;
    }

    private void ThrowIfLost()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }

    private void Release()
    {
        try
        {
            using var timeout = new CancellationTokenSource(ReleaseTimeout);
            _store.ReleaseLease(_lease, timeout.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or InboundProvisioningException)
        {
            // It runs out by itself.
        }
    }
}
