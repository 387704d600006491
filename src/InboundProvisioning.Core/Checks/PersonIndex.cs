using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO.Hashing;
using System.Text;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Checks;

/// <summary>
/// The people of a payload, for what one record alone does not tell: names that two have, managers who are nobody, circles. Some 60 bytes for each
/// person and the text of the externalId; sign-in names by 128 bits, of which two of ten million are the same with a probability below 10⁻²⁴.
/// </summary>
internal sealed class PersonIndex
{
    private readonly TextStore _texts = new();
    private readonly KeyTable _byKey = new();
    private readonly KeyTable _byUserName = new();
    private readonly Dictionary<long, long> _managers = [];
    private long[] _managerKeys = new long[256];
    private long[] _externalIds = new long[256];
    private long[] _userNames = new long[256];

    /// <summary>How many people there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a person.</summary>
    /// <param name="user">The record, which has an externalId.</param>
    /// <param name="sameUserName">Who has the same userName, or null.</param>
    /// <returns>False where there is a record of the person already: then nothing is added.</returns>
    public bool Add(CheckedUser user, out string? sameUserName)
    {
        sameUserName = null;
        long key = KeyOf(user.ExternalId);
        int known = _byKey.Find(key);
        if (known >= 0 && string.Equals(ExternalId(known), user.ExternalIdText, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        int place = Grow();
        _externalIds[place] = _texts.Add(user.ExternalId);
        _byKey.Add(key, place);
        if (!user.UserName.IsEmpty)
        {
            (long High, long Low) name = NameOf(user.UserName);
            _userNames[place] = name.Low;
            int other = _byUserName.Find(name.High);
            if (other < 0)
            {
                _byUserName.Add(name.High, place);
            }
            else if (_userNames[other] == name.Low)
            {
                sameUserName = ExternalId(other);
            }
        }

        if (!user.Manager.IsEmpty)
        {
            _managerKeys[place] = KeyOf(user.Manager);
            if (!_managers.ContainsKey(_managerKeys[place]))
            {
                _managers.Add(_managerKeys[place], _texts.Add(user.Manager));
            }
        }

        return true;
    }

    /// <summary>The people whose manager is nobody, with the manager.</summary>
    public IEnumerable<(string ExternalId, string Manager)> WithoutManager()
    {
        for (int place = 0; place < Count; place++)
        {
            if (_managerKeys[place] != 0 && _byKey.Find(_managerKeys[place]) < 0)
            {
                yield return (ExternalId(place), _texts.Get(_managers[_managerKeys[place]]));
            }
        }
    }

    /// <summary>The circles of managers, each with its people from the first in the payload on. Who is their own manager is none.</summary>
    public IEnumerable<IReadOnlyList<string>> Circles()
    {
        // 0 is not seen yet; else the number of the chain in which it was seen.
        int[] chains = new int[Count];
        for (int start = 0; start < Count; start++)
        {
            int place = start;
            while (place >= 0 && chains[place] == 0)
            {
                chains[place] = start + 1;
                place = ManagerOf(place);
            }

            if (place >= 0 && chains[place] == start + 1 && ManagerOf(place) != place)
            {
                yield return Circle(place);
            }
        }
    }

    private List<string> Circle(int place)
    {
        int first = place;
        for (int next = ManagerOf(place); next != place; next = ManagerOf(next))
        {
            first = Math.Min(first, next);
        }

        List<string> people = [ExternalId(first)];
        for (int next = ManagerOf(first); next != first; next = ManagerOf(next))
        {
            people.Add(ExternalId(next));
        }

        return people;
    }

    private int ManagerOf(int place) => _managerKeys[place] == 0 ? -1 : _byKey.Find(_managerKeys[place]);

    private string ExternalId(int place) => _texts.Get(_externalIds[place]);

    private int Grow()
    {
        if (Count == _managerKeys.Length)
        {
            Array.Resize(ref _managerKeys, Count * 2);
            Array.Resize(ref _externalIds, Count * 2);
            Array.Resize(ref _userNames, Count * 2);
        }

        return Count++;
    }

    private static long KeyOf(ReadOnlySpan<byte> text)
    {
        Span<byte> buffer = stackalloc byte[FoldedExternalId.BufferSize];
        ulong hash = XxHash3.HashToUInt64(Fold(text, buffer));
        return unchecked((long)(hash == 0 ? 1 : hash));
    }

    private static (long High, long Low) NameOf(ReadOnlySpan<byte> text)
    {
        Span<byte> buffer = stackalloc byte[FoldedExternalId.BufferSize];
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(Fold(text, buffer), hash);
        return (BinaryPrimitives.ReadInt64LittleEndian(hash), BinaryPrimitives.ReadInt64LittleEndian(hash.Slice(8)));
    }

    // Directories compare both without regard to case.
    private static ReadOnlySpan<byte> Fold(ReadOnlySpan<byte> text, Span<byte> buffer)
    {
        if (text.Length > buffer.Length || !EmailText.IsAscii(text))
        {
            return FoldedExternalId.OfText(Encoding.UTF8.GetString(text.ToArray()));
        }

        for (int i = 0; i < text.Length; i++)
        {
            buffer[i] = AsciiText.Fold(text[i]);
        }

        return buffer.Slice(0, text.Length);
    }
}
