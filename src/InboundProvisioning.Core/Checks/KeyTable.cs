namespace InboundProvisioning.Checks;

/// <summary>Finds numbers by keys that are hashes already: some 20 bytes each.</summary>
internal sealed class KeyTable
{
    private long[] _keys = new long[512];
    private int[] _places = new int[512];
    private int _count;

    /// <summary>The number of a key; -1 where there is none.</summary>
    public int Find(long key)
    {
        int slot = SlotOf(key);
        return _places[slot] - 1;
    }

    /// <summary>Adds a key that is not there.</summary>
    public void Add(long key, int place)
    {
        if (_count * 5 > _keys.Length * 3)
        {
            Grow();
        }

        int slot = SlotOf(key);
        _keys[slot] = key;
        if (_places[slot] == 0)
        {
            _count++;
            _places[slot] = place + 1;
        }
    }

    private int SlotOf(long key)
    {
        int slot = (int)(((ulong)key >> 32) * (ulong)_keys.Length >> 32);
        while (_places[slot] != 0 && _keys[slot] != key)
        {
            slot = slot + 1 == _keys.Length ? 0 : slot + 1;
        }

        return slot;
    }

    private void Grow()
    {
        long[] keys = _keys;
        int[] places = _places;
        _keys = new long[keys.Length * 2];
        _places = new int[keys.Length * 2];
        for (int i = 0; i < keys.Length; i++)
        {
            if (places[i] != 0)
            {
                int slot = SlotOf(keys[i]);
                _keys[slot] = keys[i];
                _places[slot] = places[i];
            }
        }
    }
}
