namespace InboundProvisioning.Emulator;

/// <summary>Whether the emulator refuses calls past the documented limits of bulkUpload.</summary>
public enum LimitMode
{
    /// <summary>40 calls in any 5 seconds, and the licence's calls in any 24 hours; past either, 429 with Retry-After.</summary>
    Documented,

    /// <summary>No call is refused for its number. Calls are still counted.</summary>
    Off,
}
