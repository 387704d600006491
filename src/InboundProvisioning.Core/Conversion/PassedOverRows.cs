using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Conversion;

/// <summary>Counts the rows that were passed over, and names the first persons.</summary>
internal sealed class PassedOverRows
{
    private const int MostNamed = 10;

    private readonly List<string> _ids = [];

    public long Rows { get; private set; }

    /// <summary>The externalIds of the first persons.</summary>
    public IReadOnlyList<string> Ids => _ids;

    public bool NamesAll { get; private set; } = true;

    public void Add(string externalId)
    {
        Rows++;
        if (_ids.Contains(externalId, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        NamesAll = _ids.Count < MostNamed;
        if (NamesAll)
        {
            _ids.Add(externalId);
        }
    }
}
