using System;
using System.Runtime.InteropServices;

namespace InboundProvisioning.Conversion.Persons;

/// <summary>
/// The persons of a run and the first row of each, in about 23 bytes each and 27 at the most. Two different externalIds of ten million have
/// the same fingerprint with a probability below 10⁻¹⁰; the later one would then be taken for a repeated record, never sent wrongly.
/// </summary>
/// <remarks>
/// Extendible hashing: pages below the large object heap's limit, which grow by a quarter and then are split in two, so that growing
/// never copies the whole.
/// </remarks>
internal sealed class ExternalIdTable
{
    private Page[] _directory = [new(depth: 0, capacity: 64)];
    private int _depth;

    /// <summary>Adds the first row of a person; else answers with it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The first row of the person, when this is not the first.</param>
    public bool TryAdd(in PersonRow row, out PersonRow first)
    {
        while (true)
        {
            Page page = _directory[_depth == 0 ? 0 : (int)(row.Id.Key >> (64 - _depth))];
            ref Entry entry = ref page.Find(row.Id);
            if (entry.Key != 0)
            {
                first = new PersonRow(row.Id, entry.Position, entry.User);
                return false;
            }

            if (!page.IsFull)
            {
                page.Fill(ref entry, new Entry { Key = row.Id.Key, Low = row.Id.Low, Position = row.Position, User = row.User });
                first = default;
                return true;
            }

            if (!page.Grow())
            {
                Split(page);
            }
        }
    }

    private void Split(Page page)
    {
        if (page.Depth == _depth)
        {
            var doubled = new Page[_directory.Length * 2];
            for (int i = 0; i < doubled.Length; i++)
            {
                doubled[i] = _directory[i / 2];
            }

            _directory = doubled;
            _depth++;
        }

        Page upper = page.SplitUpperHalf();
        int bit = 1 << (_depth - page.Depth);
        for (int i = 0; i < _directory.Length; i++)
        {
            if (ReferenceEquals(_directory[i], page) && (i & bit) != 0)
            {
                _directory[i] = upper;
            }
        }
    }

    /// <summary>The first row of a person, in 18 bytes; one with the key 0 is free.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(ushort))]
    private struct Entry
    {
        public ulong Key;
        public uint Position;
        public uint User;
        public ushort Low;
    }

    /// <summary>Entries whose keys share their leading bits, in one array: a look-up costs one cache miss.</summary>
    private sealed class Page
    {
        private const int MostEntries = 4096;

        private Entry[] _entries;
        private int _count;
        private int _most;

        public Page(int depth, int capacity)
        {
            Depth = depth;
            _entries = [];
            Empty(capacity);
        }

        /// <summary>How many leading bits the keys share.</summary>
        public int Depth { get; private set; }

        public bool IsFull => _count >= _most;

        /// <summary>The entry of a person, or the free one where it would stand.</summary>
        public ref Entry Find(in ExternalIdFingerprint id) => ref Find(id.Key, id.Low);

        /// <summary>Fills an entry that was free.</summary>
        public void Fill(ref Entry free, in Entry entry)
        {
            free = entry;
            _count++;
        }

        /// <summary>Makes room, or answers that the page is as large as one may be.</summary>
        public bool Grow()
        {
            if (_entries.Length == MostEntries)
            {
                return false;
            }

            Refill(Math.Min(MostEntries, _entries.Length * 5 / 4), upper: null);
            return true;
        }

        /// <summary>Keeps the keys whose next bit is 0 and answers with a page of the others.</summary>
        public Page SplitUpperHalf()
        {
            Depth++;
            var upper = new Page(Depth, MostEntries * 11 / 20);
            Refill(MostEntries * 11 / 20, upper);
            return upper;
        }

        private ref Entry Find(ulong key, ushort low)
        {
            // By the low bits: those that choose the page are the highest.
            Entry[] entries = _entries;
            int place = (int)(((key & uint.MaxValue) * (ulong)entries.Length) >> 32);
            while (true)
            {
                ref Entry entry = ref entries[place];
                if (entry.Key == 0 || (entry.Key == key && entry.Low == low))
                {
                    return ref entry;
                }

                place = place + 1 == entries.Length ? 0 : place + 1;
            }
        }

        private void Empty(int capacity)
        {
            _entries = new Entry[capacity];
            _count = 0;
            _most = capacity * 17 / 20;
        }

        private void Refill(int capacity, Page? upper)
        {
            Entry[] entries = _entries;
            Empty(capacity);
            foreach (ref readonly Entry entry in entries.AsSpan())
            {
                if (entry.Key != 0)
                {
                    Page target = upper is not null && ((entry.Key >> (64 - Depth)) & 1) != 0 ? upper : this;
                    target.Add(entry);
                }
            }
        }

        // Of a key that is not there. A half of a split page that gets more than its share grows on the way.
        private void Add(in Entry entry)
        {
            if (IsFull)
            {
                Grow();
            }

            Fill(ref Find(entry.Key, entry.Low), entry);
        }
    }
}
