using System;
using System.Collections.Concurrent;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;

namespace InboundProvisioning.PowerShell;

/// <summary>
/// The limits of bulkUpload, shared by all that this process sends to one tenant: the service counts together what several
/// cmdlets and runspaces send one after another or at once. The settings of the latest cmdlet hold for all.
/// </summary>
internal static class SessionCallLimits
{
    private static readonly ConcurrentDictionary<string, CallLimits> Shared = new(StringComparer.OrdinalIgnoreCase);

    public static CallLimits Of(ServiceConnection connection, CallRateLimiterOptions options, int? callsPerDay)
    {
        CallLimits limits = Shared.GetOrAdd(
            connection.Endpoints.Graph.Authority + "/" + connection.TenantId,
            _ => new CallLimits(options, callsPerDay, TimeProvider.System));
        limits.Change(options, callsPerDay);
        return limits;
    }
}
