using System;
using System.Buffers.Binary;
using System.IO.Hashing;

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
    private byte[][] _directory = [Page.Create(depth: 0)];
    private int _depth;

    /// <summary>Adds an externalId; false when it was there already.</summary>
    public bool Add(ReadOnlySpan<byte> externalId)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(externalId, hash);

        // Zero marks a free place.
        ulong key = Math.Max(BinaryPrimitives.ReadUInt64LittleEndian(hash), 1);
        ushort low = BinaryPrimitives.ReadUInt16LittleEndian(hash.Slice(sizeof(ulong)));
        while (true)
        {
            byte[] page = _directory[IndexOf(key)];
            switch (Page.Add(page, key, low))
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

    private void Split(byte[] page)
    {
        if (Page.Depth(page) == _depth)
        {
            byte[][] doubled = new byte[_directory.Length * 2][];
            for (int i = 0; i < doubled.Length; i++)
            {
                doubled[i] = _directory[i / 2];
            }

            _directory = doubled;
            _depth++;
        }

        byte[] upper = Page.SplitUpperHalf(page);
        int bit = 1 << (_depth - Page.Depth(page));
        for (int i = 0; i < _directory.Length; i++)
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

    /// <summary>
    /// A page is one array, so that a look-up costs one cache miss: the number of its entries, how many leading bits their keys
    /// share, and the entries, each a key of 64 bits and 16 bits more.
    /// </summary>
    private static class Page
    {
        private const int Capacity = 4096;
        private const int Limit = Capacity * 9 / 10;
        private const int EntryBytes = sizeof(ulong) + sizeof(ushort);
        private const int HeaderBytes = sizeof(int) * 2;

        public static byte[] Create(int depth)
        {
            byte[] page = new byte[HeaderBytes + (Capacity * EntryBytes)];
            BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(sizeof(int)), depth);
            return page;
        }

        public static int Depth(byte[] page) => BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(sizeof(int)));

        public static PageAnswer Add(byte[] page, ulong key, ushort low)
        {
            // The lowest bits: those that choose the page are the highest.
            int place = (int)(key & (Capacity - 1));
            while (true)
            {
                Span<byte> entry = Entry(page, place);
                ulong there = BinaryPrimitives.ReadUInt64LittleEndian(entry);
                if (there == 0)
                {
                    return Insert(page, entry, key, low);
                }

                if (there == key && BinaryPrimitives.ReadUInt16LittleEndian(entry.Slice(sizeof(ulong))) == low)
                {
                    return PageAnswer.Known;
                }

                place = (place + 1) & (Capacity - 1);
            }
        }

        public static byte[] SplitUpperHalf(byte[] page)
        {
            byte[] all = (byte[])page.Clone();
            int depth = Depth(page) + 1;
            Array.Clear(page, 0, page.Length);
            BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(sizeof(int)), depth);
            byte[] upper = Create(depth);
            for (int i = 0; i < Capacity; i++)
            {
                Span<byte> entry = Entry(all, i);
                ulong key = BinaryPrimitives.ReadUInt64LittleEndian(entry);
                if (key != 0)
                {
                    byte[] target = ((key >> (64 - depth)) & 1) == 0 ? page : upper;
                    Add(target, key, BinaryPrimitives.ReadUInt16LittleEndian(entry.Slice(sizeof(ulong))));
                }
            }

            return upper;
        }

        private static PageAnswer Insert(byte[] page, Span<byte> entry, ulong key, ushort low)
        {
            int count = BinaryPrimitives.ReadInt32LittleEndian(page);
            if (count == Limit)
            {
                return PageAnswer.Full;
            }

            BinaryPrimitives.WriteInt32LittleEndian(page, count + 1);
            BinaryPrimitives.WriteUInt64LittleEndian(entry, key);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.Slice(sizeof(ulong)), low);
            return PageAnswer.Added;
        }

        private static Span<byte> Entry(byte[] page, int place) => page.AsSpan(HeaderBytes + (place * EntryBytes), EntryBytes);
    }
}
