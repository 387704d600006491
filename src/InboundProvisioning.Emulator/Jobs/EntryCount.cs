namespace InboundProvisioning.Emulator.Jobs;

/// <summary>How many objects of a type are in scope: https://learn.microsoft.com/graph/api/resources/synchronization-stringkeylongvaluepair</summary>
internal sealed record EntryCount(string Key, long Value);
