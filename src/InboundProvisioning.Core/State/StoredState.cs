namespace InboundProvisioning.State;

/// <summary>A state that a store keeps.</summary>
/// <param name="Version">What changes with each change of it.</param>
/// <param name="Holder">Who held the lease last, where that is known.</param>
/// <param name="IsLeasedForEver">Whether there is a lease without an end, which no run takes.</param>
internal sealed record StoredState(string Version, StateHolder? Holder, bool IsLeasedForEver = false);
