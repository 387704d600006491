namespace InboundProvisioning.Comparison;

/// <summary>What a person is in a payload beside another.</summary>
public enum PayloadDifferenceKind
{
    /// <summary>Only in the second.</summary>
    Added,

    /// <summary>Only in the first.</summary>
    Gone,

    /// <summary>In both, with other values.</summary>
    Changed,

    /// <summary>In both, with the same values.</summary>
    Equal,
}
