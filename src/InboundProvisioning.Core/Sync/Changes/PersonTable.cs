using System;
using System.Collections.Generic;
using InboundProvisioning.Records;
using InboundProvisioning.State;

namespace InboundProvisioning.Sync.Changes;

/// <summary>The people of a state at a glance, in about 41 bytes each: enough to say of most that nothing has changed.</summary>
internal sealed class PersonTable
{
    private const byte Used = 1;
    private const byte Active = 2;
    private const byte Seen = 4;
    private const int RunsShift = 3;
    private const int MostRuns = 31;

    private readonly long[] _keys;
    private readonly RecordFingerprint[] _records;
    private readonly long[] _userNames;
    private readonly byte[] _flags;

    /// <param name="people">How many it is to hold at the most.</param>
    public PersonTable(long people)
    {
        int capacity = checked((int)(people + (people / 4) + 8));
        _keys = new long[capacity];
        _records = new RecordFingerprint[capacity];
        _userNames = new long[capacity];
        _flags = new byte[capacity];
    }

    /// <summary>How many it holds.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them are active.</summary>
    public long ActiveCount { get; private set; }

    /// <summary>The places of all people.</summary>
    public IEnumerable<int> Places
    {
        get
        {
            for (int place = 0; place < _flags.Length; place++)
            {
                if ((_flags[place] & Used) != 0)
                {
                    yield return place;
                }
            }
        }
    }

    /// <summary>Adds a person, or replaces what is known of one.</summary>
    public void Set(in KnownPerson person)
    {
        int place = PlaceFor(person.Key);
        if ((_flags[place] & Used) == 0)
        {
            Count++;
        }
        else if ((_flags[place] & Active) != 0)
        {
            ActiveCount--;
        }

        ActiveCount += person.IsActive ? 1 : 0;
        _keys[place] = person.Key;
        _records[place] = person.Fingerprint;
        _userNames[place] = person.UserName;
        _flags[place] = (byte)(Used | (person.IsActive ? Active : 0) | (Math.Min(person.MissingRuns, MostRuns) << RunsShift));
    }

    /// <summary>The place of a person; -1 where it is not known.</summary>
    public int Find(long key)
    {
        int place = PlaceFor(key);
        return (_flags[place] & Used) != 0 ? place : -1;
    }

    /// <summary>Notes that a person is in the source.</summary>
    public void See(int place) => _flags[place] |= Seen;

    public bool IsSeen(int place) => (_flags[place] & Seen) != 0;

    public bool IsActive(int place) => (_flags[place] & Active) != 0;

    public int MissingRuns(int place) => _flags[place] >> RunsShift;

    public long Key(int place) => _keys[place];

    public RecordFingerprint Record(int place) => _records[place];

    public long UserName(int place) => _userNames[place];

    private int PlaceFor(long key)
    {
        // Keys are hashes already.
        int place = (int)(((ulong)key >> 32) * (ulong)_keys.Length >> 32);
        while ((_flags[place] & Used) != 0 && _keys[place] != key)
        {
            place = place + 1 == _keys.Length ? 0 : place + 1;
        }

        return place;
    }
}
