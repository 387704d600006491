using System;
using System.Buffers.Binary;

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
            Span<byte> entry = page.Find(row.Id, out bool isThere);
            if (isThere)
            {
                first = Page.Read(entry);
                return false;
            }

            if (!page.IsFull)
            {
                page.Write(entry, row);
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

    /// <summary>Entries whose keys share their leading bits, in one array: a look-up costs one cache miss.</summary>
    private sealed class Page
    {
        private const int MostEntries = 4096;
        private const int KeyBytes = sizeof(ulong);
        private const int EntryBytes = KeyBytes + sizeof(ushort) + sizeof(uint) + sizeof(uint);

        private byte[] _entries;
        private int _capacity;
        private int _count;

        public Page(int depth, int capacity)
        {
            Depth = depth;
            _capacity = capacity;
            _entries = new byte[capacity * EntryBytes];
        }

        /// <summary>How many leading bits the keys share.</summary>
        public int Depth { get; private set; }

        public bool IsFull => _count >= _capacity * 17 / 20;

        public static PersonRow Read(ReadOnlySpan<byte> entry) => new(
            new ExternalIdFingerprint(Key(entry), Low(entry)),
            BinaryPrimitives.ReadUInt32LittleEndian(entry.Slice(KeyBytes + sizeof(ushort))),
            BinaryPrimitives.ReadUInt32LittleEndian(entry.Slice(KeyBytes + sizeof(ushort) + sizeof(uint))));

        /// <summary>The entry of a person, or the free one where it would stand.</summary>
        public Span<byte> Find(ExternalIdFingerprint id, out bool isThere)
        {
            // By the low bits: those that choose the page are the highest.
            int place = (int)(((id.Key & uint.MaxValue) * (ulong)_capacity) >> 32);
            while (true)
            {
                Span<byte> entry = _entries.AsSpan(place * EntryBytes, EntryBytes);
                ulong key = Key(entry);
                isThere = key == id.Key && Low(entry) == id.Low;
                if (isThere || key == 0)
                {
                    return entry;
                }

                place = place + 1 == _capacity ? 0 : place + 1;
            }
        }

        public void Write(Span<byte> entry, in PersonRow row)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(entry, row.Id.Key);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.Slice(KeyBytes), row.Id.Low);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.Slice(KeyBytes + sizeof(ushort)), row.Position);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.Slice(KeyBytes + sizeof(ushort) + sizeof(uint)), row.User);
            _count++;
        }

        /// <summary>Makes room, or answers that the page is as large as one may be.</summary>
        public bool Grow()
        {
            if (_capacity == MostEntries)
            {
                return false;
            }

            Refill(_entries, Math.Min(MostEntries, _capacity * 5 / 4), upper: null);
            return true;
        }

        /// <summary>Keeps the keys whose next bit is 0 and answers with a page of the others.</summary>
        public Page SplitUpperHalf()
        {
            Depth++;
            var upper = new Page(Depth, MostEntries * 11 / 20);
            Refill(_entries, MostEntries * 11 / 20, upper);
            return upper;
        }

        private static ulong Key(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt64LittleEndian(entry);

        private static ushort Low(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt16LittleEndian(entry.Slice(KeyBytes));

        private void Refill(byte[] entries, int capacity, Page? upper)
        {
            _capacity = capacity;
            _count = 0;
            _entries = new byte[capacity * EntryBytes];
            for (int at = 0; at < entries.Length; at += EntryBytes)
            {
                ReadOnlySpan<byte> entry = entries.AsSpan(at, EntryBytes);
                if (Key(entry) != 0)
                {
                    Page target = upper is not null && ((Key(entry) >> (64 - Depth)) & 1) != 0 ? upper : this;
                    PersonRow row = Read(entry);
                    target.Add(row);
                }
            }
        }

        // Of a key that is not there. A half of a split page that gets more than its share grows on the way.
        private void Add(in PersonRow row)
        {
            if (IsFull)
            {
                Grow();
            }

            Write(Find(row.Id, out _), row);
        }
    }
}
