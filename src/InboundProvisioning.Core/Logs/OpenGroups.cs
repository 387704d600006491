using System.Collections.Generic;

namespace InboundProvisioning.Logs;

/// <summary>
/// Groups of events that can still grow. One to which nothing has been added while a given number of events went by is complete, so
/// that memory stays flat however long the stream is.
/// </summary>
internal sealed class OpenGroups<TKey, TGroup>(int patience)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<Open>> _groups = [];
    private readonly LinkedList<Open> _byLastUse = new();
    private long _events;

    /// <summary>The group that an event belongs to, or null; call <see cref="Add"/> then.</summary>
    public bool TryUse(TKey key, out TGroup group)
    {
        _events++;
        if (!_groups.TryGetValue(key, out LinkedListNode<Open>? node))
        {
            group = default!;
            return false;
        }

        node.Value = node.Value with { LastUse = _events };
        _byLastUse.Remove(node);
        _byLastUse.AddLast(node);
        group = node.Value.Group;
        return true;
    }

    /// <summary>Opens a group.</summary>
    public void Add(TKey key, TGroup group) => _groups.Add(key, _byLastUse.AddLast(new Open(key, group, _events)));

    /// <summary>Closes the groups that are complete; all of them at the end.</summary>
    public IEnumerable<TGroup> Close(bool all)
    {
        while (_byLastUse.First is { } first && (all || _events - first.Value.LastUse >= patience))
        {
            _byLastUse.RemoveFirst();
            _groups.Remove(first.Value.Key);
            yield return first.Value.Group;
        }
    }

    private readonly record struct Open(TKey Key, TGroup Group, long LastUse);
}
