using System;
using System.Collections.Concurrent;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;

namespace InboundProvisioning.PowerShell;

/// <summary>
/// The limits of bulkUpload, shared by all that this process sends to one tenant: the service counts together what several
/// cmdlets and runspaces send one after another or at once.
/// </summary>
internal static class SessionCallLimits
{
    private static readonly ConcurrentDictionary<(string Graph, string? Tenant, CallRateLimiterOptions Options, int? CallsPerDay), CallLimits> Shared = new();

    public static CallLimits Of(ServiceConnection connection, CallRateLimiterOptions options, int? callsPerDay) => Shared.GetOrAdd(
        (connection.Endpoints.Graph.Authority, connection.TenantId, options, callsPerDay),
        static key => new CallLimits(key.Options, key.CallsPerDay, TimeProvider.System));
}
