using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace InboundProvisioning.Emulator.Jobs;

/// <summary>What a job carries from one run to the next. Safe for use by several threads.</summary>
internal sealed class JobMemory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Escrow> _escrows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HeldRecord> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PendingReference> _references = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Escrow> Escrows
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, Escrow>(_escrows);
            }
        }
    }

    /// <summary>What the deletion threshold holds back, by externalId.</summary>
    public IReadOnlyDictionary<string, HeldRecord> Held
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, HeldRecord>(_held);
            }
        }
    }

    public IReadOnlyList<PendingReference> References
    {
        get
        {
            lock (_lock)
            {
                return [.. _references.Values];
            }
        }
    }

    /// <summary>The records to try again in a run that begins now.</summary>
    public IReadOnlyList<JsonElement> Due(DateTimeOffset now)
    {
        lock (_lock)
        {
            return [.. _escrows.Values.Where(escrow => escrow.NextAttempt <= now).Select(escrow => escrow.User)];
        }
    }

    public void Failed(string sourceId, JsonElement user, DateTimeOffset now)
    {
        lock (_lock)
        {
            DateTimeOffset firstFailure = _escrows.GetValueOrDefault(sourceId)?.FirstFailure ?? now;
            if (Escrow.After(user, firstFailure, now) is { } escrow)
            {
                _escrows[sourceId] = escrow;
            }
            else
            {
                _escrows.Remove(sourceId);
            }
        }
    }

    /// <summary>A record is past the deletion threshold.</summary>
    public void Hold(string sourceId, JsonElement user)
    {
        lock (_lock)
        {
            _escrows.Remove(sourceId);
            _held[sourceId] = new HeldRecord(user, Allowed: false);
        }
    }

    /// <summary>Lets go in the next run what is held now, and only that.</summary>
    public void AllowHeld()
    {
        lock (_lock)
        {
            foreach ((string sourceId, HeldRecord held) in _held.ToArray())
            {
                _held[sourceId] = held with { Allowed = true };
            }
        }
    }

    /// <summary>A record was provisioned, or a newer one has come.</summary>
    public void Settled(string sourceId)
    {
        lock (_lock)
        {
            _escrows.Remove(sourceId);
            _held.Remove(sourceId);
        }
    }

    public void Unresolved(PendingReference reference)
    {
        lock (_lock)
        {
            _references[reference.SourceId] = reference;
        }
    }

    public void Resolved(string sourceId)
    {
        lock (_lock)
        {
            _references.Remove(sourceId);
        }
    }

    public void ForgetEscrows()
    {
        lock (_lock)
        {
            _escrows.Clear();
            _references.Clear();
        }
    }

    public void ForgetHeld()
    {
        lock (_lock)
        {
            _held.Clear();
        }
    }

    public void Load(
        IReadOnlyDictionary<string, Escrow> escrows, IReadOnlyDictionary<string, HeldRecord> held, IEnumerable<PendingReference> references)
    {
        lock (_lock)
        {
            foreach ((string sourceId, Escrow escrow) in escrows)
            {
                _escrows[sourceId] = escrow;
            }

            foreach ((string sourceId, HeldRecord record) in held)
            {
                _held[sourceId] = record;
            }

            foreach (PendingReference reference in references)
            {
                _references[reference.SourceId] = reference;
            }
        }
    }
}
