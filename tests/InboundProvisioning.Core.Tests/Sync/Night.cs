using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.Sync;

/// <summary>What a night came to.</summary>
/// <param name="Result">The result; null for a plan.</param>
/// <param name="Plan">The plan; null where the run ended before it.</param>
/// <param name="Changes">The first changes of the plan.</param>
/// <param name="Log">What it told.</param>
internal sealed record Night(SyncResult? Result, ProvisioningPlan? Plan, IReadOnlyList<PlannedChange> Changes, SyncLog Log)
{
    /// <summary>The names of the stops.</summary>
    public string[] Stops => [.. (Result?.Stops ?? Plan?.Stops ?? []).Select(static stop => stop.Name)];

    /// <summary>The ids of the errors of the stops.</summary>
    public string[] ErrorIds => [.. (Result?.Stops ?? Plan?.Stops ?? []).Select(static stop => stop.ErrorId)];
}
