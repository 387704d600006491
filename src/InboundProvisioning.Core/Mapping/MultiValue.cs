using System.Collections.Generic;

namespace InboundProvisioning.Mapping;

/// <summary>A multi-valued attribute: an array of values. RFC 7643, section 2.4.</summary>
public sealed class MultiValue : MappingValue
{
    /// <param name="elements">The values, in order.</param>
    public MultiValue(IReadOnlyList<MappingValue> elements)
    {
        Elements = elements;
    }

    /// <summary>The values, in order.</summary>
    public IReadOnlyList<MappingValue> Elements { get; }
}
