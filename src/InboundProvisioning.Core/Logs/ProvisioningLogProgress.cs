using System;

namespace InboundProvisioning.Logs;

/// <summary>How far the reading of logs is.</summary>
/// <param name="Events">The events read so far, those among them that are not wanted.</param>
/// <param name="Reached">The time of the oldest one; or null.</param>
public sealed record ProvisioningLogProgress(long Events, DateTimeOffset? Reached);
