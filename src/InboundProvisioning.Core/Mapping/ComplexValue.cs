using System.Collections.Generic;

namespace InboundProvisioning.Mapping;

/// <summary>A complex attribute or an extension: an object of sub-attributes. RFC 7643, section 2.3.8.</summary>
public sealed class ComplexValue : MappingValue
{
    /// <param name="attributes">The sub-attributes.</param>
    /// <param name="isOrdered">Whether their order is the author's; else they go out in the order of RFC 7643.</param>
    public ComplexValue(IReadOnlyList<MappedAttribute> attributes, bool isOrdered)
    {
        Attributes = attributes;
        IsOrdered = isOrdered;
    }

    /// <summary>The sub-attributes.</summary>
    public IReadOnlyList<MappedAttribute> Attributes { get; }

    /// <summary>Whether the order of <see cref="Attributes"/> is the author's.</summary>
    public bool IsOrdered { get; }
}
