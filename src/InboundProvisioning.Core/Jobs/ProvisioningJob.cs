using System;
using System.Collections.Generic;

namespace InboundProvisioning.Jobs;

/// <summary>
/// A provisioning job as the service shows it: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob.
/// What the service names (states, reasons) is text, because it may add names at any time.
/// </summary>
public sealed record ProvisioningJob
{
    /// <summary>The object id of the service principal that it belongs to.</summary>
    public required string ServicePrincipalId { get; init; }

    /// <summary>The id, such as <c>API2AAD.{tenant}.{guid}</c>.</summary>
    public required string JobId { get; init; }

    /// <summary>What it was made from: <c>API2AAD</c> to Entra ID, <c>API2AD</c> to an on-premises Active Directory.</summary>
    public string? TemplateId { get; init; }

    /// <summary><c>NotConfigured</c>, <c>NotRun</c>, <c>Active</c>, <c>Paused</c>, <c>Quarantine</c>, or what the service may add.</summary>
    public string? Status { get; init; }

    /// <summary>Whether cycles begin by themselves: <c>Active</c>, <c>Disabled</c>, <c>Paused</c>, or what the service may add.</summary>
    public string? Schedule { get; init; }

    /// <summary>The time from one cycle to the next.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>When the schedule ends, or null.</summary>
    public DateTimeOffset? ScheduleExpiration { get; init; }

    /// <summary>The last cycle; null before the first.</summary>
    public JobExecution? LastExecution { get; init; }

    /// <summary>The last cycle that succeeded.</summary>
    public JobExecution? LastSuccessfulExecution { get; init; }

    /// <summary>The last cycle that succeeded and wrote something.</summary>
    public JobExecution? LastSuccessfulExecutionWithExports { get; init; }

    /// <summary>The quarantine; null where there is none.</summary>
    public JobQuarantine? Quarantine { get; init; }

    /// <summary>Cycles in a row that failed altogether.</summary>
    public long SuccessiveCompleteFailures { get; init; }

    /// <summary>Whether failures were given up, so that they are not tried again.</summary>
    public bool EscrowsPruned { get; init; }

    /// <summary>How far the cycle is that runs; empty where none does.</summary>
    public IReadOnlyList<JobProgress> Progress { get; init; } = [];

    /// <summary>How many objects of each type the job keeps in step.</summary>
    public IReadOnlyDictionary<string, long> SynchronizedEntryCounts { get; init; } = new Dictionary<string, long>();

    /// <summary>When all was in step for the first time; null for never.</summary>
    public DateTimeOffset? SteadyStateFirstAchieved { get; init; }

    /// <summary>When all was in step for the last time; null for never.</summary>
    public DateTimeOffset? SteadyStateLastAchieved { get; init; }

    /// <summary>Where the service explains what is wrong, or null.</summary>
    public string? TroubleshootingUrl { get; init; }

    /// <summary>The settings of the job, by name.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>The provisioning API endpoint: where bulk requests are uploaded to.</summary>
    public required Uri ProvisioningEndpoint { get; init; }

    /// <summary>Whether the job is in quarantine.</summary>
    public bool IsQuarantined => Quarantine is not null || Is(Status, "Quarantine");

    /// <summary>Whether the job does not run: it was stopped, or never started. What is uploaded waits.</summary>
    public bool IsPaused => Is(Status, "Paused") || Is(Status, "NotConfigured") || (Schedule is not null && !Is(Schedule, "Active"));

    /// <summary>Whether the job runs as scheduled.</summary>
    public bool IsRunning => !IsPaused && !IsQuarantined;

    /// <inheritdoc/>
    public override string ToString() => $"job '{JobId}' of service principal '{ServicePrincipalId}', {Status}";

    private static bool Is(string? text, string name) => string.Equals(text, name, StringComparison.OrdinalIgnoreCase);
}
