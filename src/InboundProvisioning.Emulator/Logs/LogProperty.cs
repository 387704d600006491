using System;
using System.Collections.Generic;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>
/// A property by which events can be filtered. The names and what may be done with them are those of Microsoft's pages:
/// https://learn.microsoft.com/graph/api/provisioningobjectsummary-list has <c>eq</c>, <c>contains</c>, <c>gt</c> and <c>lt</c>.
/// </summary>
/// <param name="Read">An event's text.</param>
/// <param name="HasContains">Whether it is a string.</param>
internal sealed record LogProperty(Func<ProvisioningEvent, string> Read, bool HasContains)
{
    public const string Source = "sourceIdentity/id";
    public const string Cycle = "cycleId";

    private static readonly Dictionary<string, LogProperty> Known = new(StringComparer.Ordinal)
    {
        ["jobId"] = new(one => one.Job.Id, true),

        // As in the Location header on https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-post-bulkupload
        ["jobid"] = new(one => one.Job.Id, true),
        [Cycle] = new(one => one.CycleId.ToString(), true),
        ["changeId"] = new(one => one.ChangeId.ToString(), true),
        ["servicePrincipal/id"] = new(one => one.Job.ServicePrincipalId.ToString(), true),
        [Source] = new(one => one.SourceId, true),
        ["provisioningAction"] = new(one => ProvisioningEventJson.Name(one.Action), false),
        ["provisioningStatusInfo/status"] = new(one => ProvisioningEventJson.Name(one.Status), false),
    };

    public static LogProperty? Find(string name) => Known.GetValueOrDefault(name);
}
