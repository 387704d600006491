using System;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.PowerShell.Connections;
using InboundProvisioning.Upload;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Turns the parameters of sending into what the library takes.</summary>
internal static class UploadParameters
{
    /// <param name="given">The parameters.</param>
    /// <param name="connection">The way to the service; all that is sent over it to one tenant shares its limits.</param>
    /// <param name="target">The job.</param>
    /// <param name="callsPerDay">The most calls of this process in any 24 hours, or null.</param>
    public static UploadRunSettings Read(IUploadParameters given, ServiceConnection connection, ProvisioningTarget target, int? callsPerDay) => new()
    {
        Connection = connection,
        Target = target,
        Limits = SessionCallLimits.Of(
            connection,
            new CallRateLimiterOptions { CallLimit = given.CallLimit, Window = TimeSpan.FromSeconds(given.CallLimitSeconds) },
            callsPerDay),
        Retries = new RetrySettings { Retries = given.MaximumRetryCount, CallTimeout = TimeSpan.FromSeconds(given.TimeoutSec) },
        ThrottleLimit = given.ThrottleLimit,
        HoldJob = given.RestartJob,
    };
}
