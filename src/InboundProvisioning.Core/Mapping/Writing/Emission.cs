using System;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>What a node has written for a row.</summary>
[Flags]
internal enum Emission
{
    /// <summary>Nothing: the attribute is left out, name and all.</summary>
    None = 0,

    /// <summary>A constant of the mapping.</summary>
    Constant = 1,

    /// <summary>A value of the row.</summary>
    Value = 2,

    /// <summary>Something below was left out because it is empty.</summary>
    LeftOut = 4,
}
