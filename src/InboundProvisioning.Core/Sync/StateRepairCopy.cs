using System;

namespace InboundProvisioning.Sync;

/// <summary>A copy that a state would be brought back from.</summary>
/// <param name="Name">The copy.</param>
/// <param name="WrittenOn">When it was made.</param>
/// <param name="People">How many people it knows.</param>
public sealed record StateRepairCopy(string Name, DateTimeOffset WrittenOn, long People);
