using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace InboundProvisioning.Logs;

/// <summary>
/// One event of the provisioning logs, as the service tells it. Enumerations are texts, because the service adds members over
/// time; what it leaves out is null or empty. https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary
/// </summary>
public sealed record ProvisioningEvent
{
    /// <summary>The id of the event.</summary>
    public string? Id { get; init; }

    /// <summary>When it happened, by the service's clock.</summary>
    public DateTimeOffset? ActivityDateTime { get; init; }

    /// <summary>create, update, disable, delete, stagedDelete, other, or what the service adds to these.</summary>
    public string? Action { get; init; }

    /// <summary>success, failure, skipped, warning, or what the service adds to these.</summary>
    public string? Status { get; init; }

    /// <summary>The externalId of the record.</summary>
    public string? SourceId => SourceIdentity.Id;

    /// <summary>The id of the account.</summary>
    public string? TargetId => TargetIdentity.Id;

    /// <summary>The name of the account, else of the record.</summary>
    public string? DisplayName => string.IsNullOrEmpty(TargetIdentity.DisplayName) ? SourceIdentity.DisplayName : TargetIdentity.DisplayName;

    /// <summary>The code of the error or of the reason to skip, or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed or was skipped, in the service's words, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What the service advises, or null.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>failure, nonServiceFailure, success, what the service adds to these, or null.</summary>
    public string? ErrorCategory { get; init; }

    /// <summary>More about the error, or null.</summary>
    public string? AdditionalDetails { get; init; }

    /// <summary>One object in one cycle; several events can share it.</summary>
    public string? ChangeId { get; init; }

    /// <summary>One run of the job.</summary>
    public string? CycleId { get; init; }

    /// <summary>The job.</summary>
    public string? JobId { get; init; }

    /// <summary>How long the service worked on it, or null.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The record.</summary>
    public required LogIdentity SourceIdentity { get; init; }

    /// <summary>The account.</summary>
    public required LogIdentity TargetIdentity { get; init; }

    /// <summary>Where the record comes from.</summary>
    public required LogIdentity SourceSystem { get; init; }

    /// <summary>Where the account is.</summary>
    public required LogIdentity TargetSystem { get; init; }

    /// <summary>The provisioning app.</summary>
    public required LogIdentity ServicePrincipal { get; init; }

    /// <summary>Who set it off.</summary>
    public required LogIdentity InitiatedBy { get; init; }

    /// <summary>The steps, in their order.</summary>
    public IReadOnlyList<ProvisioningStep> Steps { get; init; } = [];

    /// <summary>The attributes that were changed.</summary>
    public IReadOnlyList<ModifiedProperty> ModifiedProperties { get; init; } = [];

    /// <summary>The tenant.</summary>
    public string? TenantId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:u} {1} {2} {3}", ActivityDateTime, SourceId, Action, Status);

    internal static ProvisioningEvent Read(JsonElement summary)
    {
        JsonElement status = LogJson.Object(summary, "provisioningStatusInfo");
        JsonElement error = LogJson.Object(status, "errorInformation");
        return new ProvisioningEvent
        {
            Id = LogJson.Text(summary, "id"),
            ActivityDateTime = LogJson.Time(summary, "activityDateTime"),
            Action = LogJson.Text(summary, "provisioningAction"),
            Status = LogJson.Text(status, "status"),
            ErrorCode = LogJson.Text(error, "errorCode"),
            Reason = LogJson.Text(error, "reason"),
            RecommendedAction = LogJson.Text(error, "recommendedAction"),
            ErrorCategory = LogJson.Text(error, "errorCategory"),
            AdditionalDetails = LogJson.Text(error, "additionalDetails"),
            ChangeId = LogJson.Text(summary, "changeId"),
            CycleId = LogJson.Text(summary, "cycleId"),
            JobId = LogJson.Text(summary, "jobId"),
            Duration = LogJson.Number(summary, "durationInMilliseconds") is long milliseconds
                ? TimeSpan.FromTicks(milliseconds * TimeSpan.TicksPerMillisecond)
                : null,
            SourceIdentity = LogIdentity.Read(summary, "sourceIdentity"),
            TargetIdentity = LogIdentity.Read(summary, "targetIdentity"),
            SourceSystem = LogIdentity.Read(summary, "sourceSystem"),
            TargetSystem = LogIdentity.Read(summary, "targetSystem"),
            ServicePrincipal = LogIdentity.Read(summary, "servicePrincipal"),
            InitiatedBy = LogIdentity.Read(summary, "initiatedBy"),
            Steps = LogJson.Items(summary, "provisioningSteps", ProvisioningStep.Read),
            ModifiedProperties = LogJson.Items(summary, "modifiedProperties", ModifiedProperty.Read),
            TenantId = LogJson.Text(summary, "tenantId"),
        };
    }
}
