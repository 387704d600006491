using System.Collections.Generic;

namespace InboundProvisioning.Mapping;

/// <summary>A record as its source has it: the text of a file, or the values of an object.</summary>
public sealed class SourceRecord
{
    /// <param name="raw">The record in UTF-8, without its line break.</param>
    public SourceRecord(byte[] raw)
    {
        Raw = raw;
    }

    /// <param name="values">The texts of the columns.</param>
    public SourceRecord(IReadOnlyList<string?> values)
    {
        Values = values;
    }

    /// <summary>The record of a file in UTF-8, without its line break; null for an object.</summary>
    public byte[]? Raw { get; }

    /// <summary>The values of an object as text, in the order of the columns; none for the record of a file.</summary>
    public IReadOnlyList<string?> Values { get; } = [];
}
