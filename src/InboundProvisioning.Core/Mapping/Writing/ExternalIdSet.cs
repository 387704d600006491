using System;
using System.Collections.Generic;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>
/// The externalIds of a run, as fingerprints of 80 bits, about 20 bytes each and 22 at the most. Two different externalIds of ten
/// million have the same fingerprint with a probability below 10⁻¹⁰; the later one would then be rejected, never sent wrongly.
/// </summary>
/// <remarks>
/// Extendible hashing: pages of fixed size below the large object heap's limit, of which a full one is split in two, so that
/// growing leaves no garbage and never copies the whole.
/// </remarks>
internal sealed class ExternalIdSet
{
    private List<Page> _directory = [new Page(0)];
    private int _depth;

    /// <summary>Adds an externalId; false when it was there already.</summary>
    public bool Add(ReadOnlySpan<byte> externalId)
    {
        Span<ulong> hash = stackalloc ulong[2];
        XxHash128.Hash(externalId, MemoryMarshal.AsBytes(hash));
        ushort low = (ushort)hash[1];

        // Zero marks a free place.
        ulong key = Math.Max(hash[0], 1);
        while (true)
        {
            Page page = _directory[IndexOf(key)];
            switch (page.Add(key, low))
            {
                case PageAnswer.Added:
                    return true;
                case PageAnswer.Known:
                    return false;
                default:
                    Split(page);
                    break;
            }
        }
    }

    private int IndexOf(ulong key) => _depth == 0 ? 0 : (int)(key >> (64 - _depth));

    private void Split(Page page)
    {
        if (page.Depth == _depth)
        {
            var doubled = new List<Page>(_directory.Count * 2);
            foreach (Page each in _directory)
            {
                doubled.Add(each);
                doubled.Add(each);
            }

            _directory = doubled;
            _depth++;
        }

        Page upper = page.SplitUpperHalf();
        int bit = 1 << (_depth - page.Depth);
        for (int i = 0; i < _directory.Count; i++)
        {
            if (ReferenceEquals(_directory[i], page) && (i & bit) != 0)
            {
                _directory[i] = upper;
            }
        }
    }

    private enum PageAnswer
    {
        Added,
        Known,
        Full,
    }

    private sealed class Page
    {
        private const int Capacity = 4096;
        private const int Limit = Capacity * 9 / 10;

        private readonly ulong[] _keys = new ulong[Capacity];
        private readonly ushort[] _lows = new ushort[Capacity];
        private int _count;

        public Page(int depth)
        {
            Depth = depth;
        }

        /// <summary>How many leading bits the keys of this page share.</summary>
        public int Depth { get; private set; }

        public PageAnswer Add(ulong key, ushort low)
        {
            int place = PlaceOf(key);
            while (_keys[place] != 0)
            {
                if (_keys[place] == key && _lows[place] == low)
                {
                    return PageAnswer.Known;
                }

                place = (place + 1) & (Capacity - 1);
            }

            if (_count == Limit)
            {
                return PageAnswer.Full;
            }

            _keys[place] = key;
            _lows[place] = low;
            _count++;
            return PageAnswer.Added;
        }

        public Page SplitUpperHalf()
        {
            ulong[] keys = (ulong[])_keys.Clone();
            ushort[] lows = (ushort[])_lows.Clone();
            Array.Clear(_keys, 0, Capacity);
            _count = 0;
            Depth++;
            var upper = new Page(Depth);
            for (int i = 0; i < Capacity; i++)
            {
                if (keys[i] != 0)
                {
                    Page target = ((keys[i] >> (64 - Depth)) & 1) == 0 ? this : upper;
                    target.Add(keys[i], lows[i]);
                }
            }

            return upper;
        }

        // The lowest bits: those that choose the page are the highest.
        private static int PlaceOf(ulong key) => (int)(key & (Capacity - 1));
    }
}
