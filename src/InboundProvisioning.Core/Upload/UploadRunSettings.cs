using System;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.Upload;

/// <summary>Where a run of uploads goes, and how.</summary>
public sealed record UploadRunSettings
{
    /// <summary>The way to the service.</summary>
    public required ServiceConnection Connection { get; init; }

    /// <summary>The job; what it leaves open is looked up when the first request is sent.</summary>
    public required ProvisioningTarget Target { get; init; }

    /// <summary>The limits of bulkUpload, that of a day among them; they stay the caller's.</summary>
    public required CallLimits Limits { get; init; }

    /// <summary>How often and how long each call is tried.</summary>
    public RetrySettings Retries { get; init; } = new();

    /// <summary>The most requests in flight. Default 4.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>Whether the job is paused before the first request, and started again at the end, whatever comes.</summary>
    public bool HoldJob { get; init; }

    /// <summary>Whether one request or record that is not accepted ends the run.</summary>
    public bool StopAtFault { get; init; }

    /// <summary>Is told of each request before it goes and when its answer is there; or null.</summary>
    public IUploadJournal? Journal { get; init; }

    /// <summary>The clock of waits and time limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
