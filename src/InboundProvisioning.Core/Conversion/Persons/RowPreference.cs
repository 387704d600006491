namespace InboundProvisioning.Conversion.Persons;

/// <summary>Whether a row is to be taken before others of its person.</summary>
internal enum RowPreference : uint
{
    /// <summary>It is one of many.</summary>
    None,

    /// <summary>It is.</summary>
    Preferred,

    /// <summary>It cannot be told.</summary>
    Unknown,
}
