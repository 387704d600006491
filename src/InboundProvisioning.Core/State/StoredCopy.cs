using System;

namespace InboundProvisioning.State;

/// <summary>A copy of a state that a store keeps.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Number">Its place, which does not tell its age.</param>
/// <param name="WrittenOn">When it was made.</param>
internal sealed record StoredCopy(string Name, int Number, DateTimeOffset WrittenOn);
