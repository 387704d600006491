namespace InboundProvisioning.Preview;

/// <summary>What gives an attribute its value.</summary>
public enum ValueOrigin
{
    /// <summary>A column of the source, as it is.</summary>
    Column,

    /// <summary>A script block, which computes it from the row.</summary>
    Script,

    /// <summary>The mapping itself: the same for every row.</summary>
    Constant,
}
