using System;
using System.Collections.Generic;

namespace InboundProvisioning.Applications;

/// <summary>A provisioning app with its job, ready to start, and what remains to be done by hand.</summary>
public sealed record ProvisioningApplication
{
    /// <summary>The name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The object id of the enterprise application.</summary>
    public required string ServicePrincipalId { get; init; }

    /// <summary>The app id (client id).</summary>
    public required string AppId { get; init; }

    /// <summary>Where it writes to.</summary>
    public required TargetSystem TargetSystem { get; init; }

    /// <summary>The job; null where none was made.</summary>
    public string? JobId { get; init; }

    /// <summary>The provisioning API endpoint; null without a job.</summary>
    public Uri? ProvisioningEndpoint { get; init; }

    /// <summary>Whether the app was made or was there.</summary>
    public required StepStatus Application { get; init; }

    /// <summary>Whether the job was made or was there.</summary>
    public required StepStatus Job { get; init; }

    /// <summary>Whether notification email and accidental-deletion threshold were set or were there.</summary>
    public required StepStatus NotificationSettings { get; init; }

    /// <summary>What remains to be done, in this order.</summary>
    public required IReadOnlyList<string> RemainingSteps { get; init; }
}
