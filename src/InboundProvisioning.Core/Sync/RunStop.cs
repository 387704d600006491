using System;
using System.Collections.Generic;
using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.Sync;

/// <summary>What a run keeps of a stop, to be told later.</summary>
internal sealed record RunStop(
    string Name, string ErrorId, string Reason, long Count, long? Allowed, long? Base, IReadOnlyList<string> ExternalIds, string? Remedy, bool CanBeApproved, DateTimeOffset? Since)
{
    public static RunStop Of(SafeguardStop stop) => new(
        stop.Name, stop.ErrorId, stop.Reason, stop.Count, stop.Allowed, stop.Base, stop.ExternalIds, stop.Remedy, stop.CanBeApproved, stop.Since);
}
