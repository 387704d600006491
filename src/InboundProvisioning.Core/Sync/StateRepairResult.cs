using System;

namespace InboundProvisioning.Sync;

/// <summary>How a state was brought back.</summary>
/// <param name="StatePath">The state.</param>
/// <param name="Source">The copy that is now in its place.</param>
/// <param name="WrittenOn">When the copy was made. People who were accepted since then are sent once more.</param>
/// <param name="People">How many people it knows.</param>
/// <param name="KeptAs">Where the file is that was there; null where there was none.</param>
public sealed record StateRepairResult(string StatePath, string Source, DateTimeOffset WrittenOn, long People, string? KeptAs);
