using System;
using System.Collections.Generic;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Conversion.Persons;

/// <summary>
/// The rows of a run by one number of 32 bits each: the lines of its files, one file after the other, or the numbers of its objects.
/// Beyond four billion the places in messages are no longer right.
/// </summary>
internal sealed class RowPositions
{
    private readonly List<(string? Path, long Start)> _sources = [];

    /// <summary>The source begins: a file, or null for objects.</summary>
    /// <param name="path">The file.</param>
    /// <param name="linesBefore">The lines of the sources before.</param>
    public void Begin(string? path, long linesBefore) => _sources.Add((path, linesBefore));

    /// <summary>The number of a row of the current source.</summary>
    public uint Of(RowPlace place) => (uint)Math.Min(uint.MaxValue, _sources[_sources.Count - 1].Start + place.Line);

    /// <summary>The row of a number.</summary>
    public RowPlace PlaceOf(uint position)
    {
        int source = _sources.Count - 1;
        while (source > 0 && _sources[source].Start >= position)
        {
            source--;
        }

        return new RowPlace(_sources[source].Path, position - _sources[source].Start);
    }
}
