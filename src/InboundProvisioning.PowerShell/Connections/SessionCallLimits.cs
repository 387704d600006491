using System;
using System.Collections.Concurrent;
using InboundProvisioning.Graph;

namespace InboundProvisioning.PowerShell.Connections;

/// <summary>
/// The limits of bulkUpload and those of reading logs, each shared by all that this process sends to one tenant: the service counts
/// together what several cmdlets and runspaces send one after another or at once. The settings of the latest cmdlet hold for all.
/// </summary>
internal static class SessionCallLimits
{
    private static readonly ConcurrentDictionary<string, CallLimits> Shared = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The limits of bulkUpload.</summary>
    public static CallLimits Of(ServiceConnection connection, CallRateLimiterOptions options, int? callsPerDay) =>
        Of(connection.Endpoints.Graph.Authority + "/" + connection.TenantId, options, callsPerDay);

    /// <summary>The limits of reading logs, which count for each app.</summary>
    public static CallLimits OfReports(ServiceConnection connection, CallRateLimiterOptions options) =>
        Of(connection.Endpoints.Graph.Authority + "/" + connection.TenantId + "/reports/" + connection.ClientId, options, callsPerDay: null);

    private static CallLimits Of(string key, CallRateLimiterOptions options, int? callsPerDay)
    {
        CallLimits limits = Shared.GetOrAdd(
            key,
            _ => new CallLimits(options, callsPerDay, TimeProvider.System));
        limits.Change(options, callsPerDay);
        return limits;
    }
}
