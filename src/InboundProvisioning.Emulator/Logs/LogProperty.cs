using System;
using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>
/// A property by which events can be filtered, under the names of Microsoft's pages, samples and scripts. A text takes <c>eq</c>, <c>ne</c> and
/// <c>contains</c>, a time or a number takes comparisons:
/// https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary#properties and
/// https://learn.microsoft.com/graph/api/resources/provisionedidentity. <c>ge</c>, <c>le</c> and <c>ne</c> are on none of them; Microsoft's
/// Postman collection and CSV2SCIM send them.
/// </summary>
internal sealed record LogProperty
{
    private static readonly Dictionary<string, LogProperty> Known = new(StringComparer.Ordinal)
    {
        ["id"] = new() { Text = one => one.Id.ToString() },
        ["jobId"] = new() { Text = one => one.Job.Id },
        ["tenantId"] = new() { Text = one => one.Job.TenantId.ToString() },
        ["cycleId"] = new() { Text = one => one.CycleId.ToString(), IsCycle = true },
        ["changeId"] = new() { Text = one => one.ChangeId.ToString() },
        ["provisioningAction"] = new() { Text = one => ProvisioningEventJson.Name(one.Action) },
        ["provisioningStatusInfo/status"] = new() { Text = one => ProvisioningEventJson.Name(one.Status) },
        ["servicePrincipal/id"] = new() { Text = one => one.Job.ServicePrincipalId.ToString() },
        ["servicePrincipal/displayName"] = new() { Text = one => one.Job.ServicePrincipalName },
        ["sourceSystem/id"] = new() { Text = one => one.Job.AppId.ToString() },
        ["sourceSystem/displayName"] = new() { Text = one => one.Job.SourceSystem },
        ["targetSystem/id"] = new() { Text = one => one.Job.TenantId.ToString() },
        ["targetSystem/displayName"] = new() { Text = one => one.Job.TargetSystem },
        ["sourceIdentity/id"] = new() { Text = one => one.SourceId, IsSource = true },
        ["sourceIdentity/displayName"] = new() { Text = one => one.SourceName },
        ["sourceIdentity/identityType"] = new() { Text = _ => ProvisioningEventJson.IdentityType },
        ["targetIdentity/id"] = new() { Text = one => one.TargetId?.ToString() ?? "" },
        ["targetIdentity/displayName"] = new() { Text = one => one.TargetName },
        ["targetIdentity/identityType"] = new() { Text = _ => ProvisioningEventJson.IdentityType },
        ["initiatedBy/id"] = new() { Text = _ => "" },
        ["initiatedBy/displayName"] = new() { Text = _ => ProvisioningEventJson.Initiator },
        ["activityDateTime"] = new() { Order = one => one.ActivityDateTime.Ticks, IsTime = true },
        ["durationInMilliseconds"] = new() { Order = one => one.DurationInMilliseconds },
    };

    /// <summary>Other spellings: the lower case of Microsoft's samples and Location header, and the properties that the beta version had before.</summary>
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.Ordinal)
    {
        ["jobid"] = "jobId",
        ["tenantid"] = "tenantId",
        ["cycleid"] = "cycleId",
        ["changeid"] = "changeId",
        ["action"] = "provisioningAction",
        ["statusInfo/status"] = "provisioningStatusInfo/status",
        ["servicePrincipal/name"] = "servicePrincipal/displayName",
        ["initiatedBy"] = "initiatedBy/displayName",
    };

    /// <summary>An event's text; null for what is compared by its order.</summary>
    public Func<ProvisioningEvent, string>? Text { get; private init; }

    /// <summary>An event's number, or the ticks of its time; null for texts.</summary>
    public Func<ProvisioningEvent, long>? Order { get; private init; }

    public bool IsTime { get; private init; }

    /// <summary>Whether the log finds events by it without reading them all.</summary>
    public bool IsSource { get; private init; }

    /// <inheritdoc cref="IsSource"/>
    public bool IsCycle { get; private init; }

    public static LogProperty? Find(string name) => Known.GetValueOrDefault(Spellings.GetValueOrDefault(name, name));
}
