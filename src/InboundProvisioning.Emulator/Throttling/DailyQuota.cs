namespace InboundProvisioning.Emulator.Throttling;

/// <summary>The quota of 24 hours as it is now: what <c>GET /emulator/quota</c> answers.</summary>
/// <param name="Limited">Whether calls past it are refused.</param>
/// <param name="CallsPerDay">How many calls the tenant has in 24 hours.</param>
/// <param name="CallsInLastDay">How many arrived in the last 24 hours; refused ones count too.</param>
/// <param name="Left">How many more would be taken now: 0 when it is used up.</param>
public sealed record DailyQuota(bool Limited, int CallsPerDay, int CallsInLastDay, int Left);
