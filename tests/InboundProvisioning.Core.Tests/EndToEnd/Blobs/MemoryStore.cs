using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using InboundProvisioning.State;

namespace InboundProvisioning.Core.Tests.EndToEnd.Blobs;

/// <summary>Keeps a state in memory, with the rules of a blob and its lease, and what can befall it on command.</summary>
internal sealed class MemoryStore : IStateStore
{
    private readonly object _gate = new();
    private readonly Dictionary<string, (byte[] Content, DateTimeOffset On)> _beside = [];
    private byte[]? _content;
    private int _version;
    private StateHolder? _holder;
    private Guid? _lease;

    public string Name => "memory";

    /// <summary>Each content that was written, the first one first.</summary>
    public List<byte[]> Written { get; } = [];

    /// <summary>Is called when a content has been written.</summary>
    public Action? OnWritten { get; set; }

    /// <summary>How many times a lease was renewed.</summary>
    public int Renewals { get; private set; }

    /// <summary>Whether nobody can reach it.</summary>
    public bool IsDown { get; set; }

    /// <summary>What a machine that died when this had been written leaves: it, and the lease gone.</summary>
    public void GoBackTo(byte[] content)
    {
        lock (_gate)
        {
            _content = content;
            _version++;
            _lease = null;
        }
    }

    /// <summary>Another breaks the lease.</summary>
    public void BreakLease()
    {
        lock (_gate)
        {
            _lease = null;
        }
    }

    public StoredState? Find(CancellationToken cancellationToken) =>
        Answer(() => _content is null ? null : new StoredState(Version, _holder), isWrite: false);

    public bool Create(string file, StateHolder holder, CancellationToken cancellationToken) => Answer(() =>
    {
        if (_content is not null)
        {
            return false;
        }

        Put(file, holder);
        return true;
    });

    public LeaseAnswer TakeLease(Guid lease, CancellationToken cancellationToken) => Answer(() =>
    {
        if (_content is null)
        {
            return LeaseAnswer.NoState;
        }

        if (_lease is not null)
        {
            return LeaseAnswer.Held;
        }

        _lease = lease;
        return LeaseAnswer.Taken;
    });

    public bool RenewLease(Guid lease, CancellationToken cancellationToken) => Answer(() =>
    {
        Renewals++;
        return _lease == lease;
    });

    public void ReleaseLease(Guid lease, CancellationToken cancellationToken) => Answer(() =>
    {
        _lease = _lease == lease ? null : _lease;
        return true;
    });

    public string? Mark(Guid lease, StateHolder holder, CancellationToken cancellationToken) => Answer(() =>
    {
        if (_lease != lease)
        {
            return null;
        }

        _holder = holder;
        _version++;
        return Version;
    });

    public bool Fetch(string file, string? version, CancellationToken cancellationToken) => Answer(
        () =>
        {
            if (_content is null || (version is not null && version != Version))
            {
                return false;
            }

            File.WriteAllBytes(file, _content);
            return true;
        },
        isWrite: false);

    public string? Write(string file, string version, Guid lease, StateHolder holder, CancellationToken cancellationToken)
    {
        string? written = Answer(() =>
        {
            if (_lease != lease || version != Version)
            {
                return null;
            }

            Put(file, holder);
            return Version;
        });
        if (written is not null)
        {
            OnWritten?.Invoke();
        }

        return written;
    }

    public IReadOnlyList<StoredCopy> Copies(CancellationToken cancellationToken) =>
        [.. _beside.Where(static one => one.Key.StartsWith("copy", StringComparison.Ordinal)).Select(static one => new StoredCopy(one.Key, 1, one.Value.On))];

    public void FetchCopy(StoredCopy copy, string file, CancellationToken cancellationToken) => File.WriteAllBytes(file, _beside[copy.Name].Content);

    public void WriteCopy(string file, CancellationToken cancellationToken) => _beside["copy1"] = (File.ReadAllBytes(file), DateTimeOffset.UtcNow);

    public int DeleteCopies(CancellationToken cancellationToken) => _beside.Remove("copy1") ? 1 : 0;

    public string WriteBeside(string file, string ending, CancellationToken cancellationToken)
    {
        _beside[ending] = (File.ReadAllBytes(file), DateTimeOffset.UtcNow);
        return ending;
    }

    public void FetchBeside(string name, string file, CancellationToken cancellationToken) => File.WriteAllBytes(file, _beside[name].Content);

    public void Remove(Guid? lease, CancellationToken cancellationToken) => _content = null;

    private string Version => _version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Put(string file, StateHolder holder)
    {
        _content = File.ReadAllBytes(file);
        _holder = holder;
        _version++;
        Written.Add(_content);
    }

    private T Answer<T>(Func<T> answer, bool isWrite = true)
    {
        lock (_gate)
        {
            return IsDown
                ? throw new InboundProvisioningException(isWrite ? "StateNotWritten" : "StateUnavailable", FaultKind.Connection, "The state memory cannot be reached.")
                : answer();
        }
    }
}
