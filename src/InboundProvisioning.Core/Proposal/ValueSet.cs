using System;
using System.Collections.Generic;
using System.IO.Hashing;

namespace InboundProvisioning.Proposal;

/// <summary>
/// The different values of a column, without regard to the case of ASCII letters, as directories compare ids. It keeps 64 bits of each:
/// among a million, two that are different count as the same once in some 30 million files.
/// </summary>
internal sealed class ValueSet
{
    private readonly int _most;
    private ulong[] _slots = new ulong[64];

    /// <param name="most">How many it keeps at the most.</param>
    public ValueSet(int most) => _most = most;

    /// <summary>How many different ones it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there were more than it keeps.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The values, as <see cref="Contains"/> takes them.</summary>
    public IEnumerable<ulong> Values
    {
        get
        {
            foreach (ulong slot in _slots)
            {
                if (slot != 0)
                {
                    yield return slot;
                }
            }
        }
    }

    /// <summary>What stands for a value.</summary>
    public static ulong Fingerprint(ReadOnlySpan<byte> value)
    {
        Span<byte> folded = value.Length <= 256 ? stackalloc byte[value.Length] : new byte[value.Length];
        for (int i = 0; i < value.Length; i++)
        {
            folded[i] = value[i] is >= (byte)'a' and <= (byte)'z' ? (byte)(value[i] & ~0x20) : value[i];
        }

        ulong hash = XxHash3.HashToUInt64(folded);
        return hash == 0 ? 1 : hash;
    }

    /// <summary>Adds a value; false where it is there already, or there is no room.</summary>
    public bool Add(ulong fingerprint)
    {
        if (Count >= _most)
        {
            IsFull = true;
            return false;
        }

        if (Count * 2 >= _slots.Length)
        {
            Grow();
        }

        int at = Find(fingerprint);
        if (_slots[at] != 0)
        {
            return false;
        }

        _slots[at] = fingerprint;
        Count++;
        return true;
    }

    /// <summary>Whether it holds a value.</summary>
    public bool Contains(ulong fingerprint) => _slots[Find(fingerprint)] != 0;

    private int Find(ulong fingerprint)
    {
        int mask = _slots.Length - 1;
        int at = (int)fingerprint & mask;
        while (_slots[at] != 0 && _slots[at] != fingerprint)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow()
    {
        ulong[] before = _slots;
        _slots = new ulong[before.Length * 2];
        foreach (ulong slot in before)
        {
            if (slot != 0)
            {
                _slots[Find(slot)] = slot;
            }
        }
    }
}
