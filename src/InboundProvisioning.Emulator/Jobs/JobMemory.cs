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
    private readonly Dictionary<string, PendingReference> _references = new(StringComparer.Ordinal);

    /// <summary>How many runs there were.</summary>
    public long Runs { get; set; }

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

    /// <summary>The records to try again in this run.</summary>
    public IReadOnlyList<JsonElement> Due()
    {
        lock (_lock)
        {
            return [.. _escrows.Values.Where(escrow => escrow.NextRun <= Runs).Select(escrow => escrow.User)];
        }
    }

    public void Failed(string sourceId, JsonElement user)
    {
        lock (_lock)
        {
            int attempts = (_escrows.GetValueOrDefault(sourceId)?.Attempts ?? 0) + 1;
            _escrows[sourceId] = new Escrow(user, attempts, Runs + (1L << Math.Min(attempts - 1, 10)));
        }
    }

    /// <summary>A record was provisioned, or a newer one has come.</summary>
    public void Settled(string sourceId)
    {
        lock (_lock)
        {
            _escrows.Remove(sourceId);
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

    public void Load(IReadOnlyDictionary<string, Escrow> escrows, IEnumerable<PendingReference> references, long runs)
    {
        lock (_lock)
        {
            foreach ((string sourceId, Escrow escrow) in escrows)
            {
                _escrows[sourceId] = escrow;
            }

            foreach (PendingReference reference in references)
            {
                _references[reference.SourceId] = reference;
            }

            Runs = runs;
        }
    }
}
