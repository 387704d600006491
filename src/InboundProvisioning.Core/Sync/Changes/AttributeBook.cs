using System;
using System.Collections.Generic;

namespace InboundProvisioning.Sync.Changes;

/// <summary>The attributes that change in a run, each with how often.</summary>
internal sealed class AttributeBook
{
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<AttributeCount> _counts = [];

    /// <summary>The counts, by the number of the attribute.</summary>
    public IReadOnlyList<AttributeCount> Counts => _counts;

    /// <summary>The number of an attribute.</summary>
    public int PlaceOf(string attribute)
    {
        if (!_places.TryGetValue(attribute, out int place))
        {
            place = _counts.Count;
            _places.Add(attribute, place);
            _counts.Add(new AttributeCount(attribute));
        }

        return place;
    }
}
