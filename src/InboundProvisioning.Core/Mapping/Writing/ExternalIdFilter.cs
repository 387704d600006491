using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>The externalIds whose rows are wanted, and which of them have come.</summary>
internal sealed class ExternalIdFilter
{
    private readonly HashSet<string> _wanted;
    private readonly HashSet<string> _found = new(StringComparer.OrdinalIgnoreCase);

    public ExternalIdFilter(IEnumerable<string> wanted)
    {
        _wanted = new HashSet<string>(wanted, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Those of which no row has come.</summary>
    public IReadOnlyList<string> Missing => [.. _wanted.Where(id => !_found.Contains(id))];

    /// <summary>Whether a row is wanted.</summary>
    /// <param name="externalId">Its externalId, as a JSON string.</param>
    public bool Takes(ReadOnlySpan<byte> externalId)
    {
        var reader = new Utf8JsonReader(externalId);
        reader.Read();
        string id = reader.GetString()!;
        if (!_wanted.Contains(id))
        {
            return false;
        }

        _found.Add(id);
        return true;
    }
}
