namespace InboundProvisioning.Emulator.Faults;

/// <summary>A fault and how far it got.</summary>
/// <param name="Fault">The fault as it was given.</param>
/// <param name="Struck">How many calls it has struck.</param>
/// <param name="Left">How many calls it has still to strike.</param>
public sealed record FaultCount(Fault Fault, int Struck, int Left);
