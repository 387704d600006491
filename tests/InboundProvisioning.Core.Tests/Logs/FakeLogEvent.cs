using System;
using System.Text.Json;

namespace InboundProvisioning.Core.Tests.Logs;

/// <summary>An event of a <see cref="FakeLog"/>.</summary>
internal sealed record FakeLogEvent(DateTimeOffset Time, string CycleId, string ChangeId, string SourceId)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public string Action { get; init; } = "create";

    public string Status { get; init; } = "success";

    public string Json => JsonSerializer.Serialize(new
    {
        id = Id,
        activityDateTime = Time.UtcDateTime,
        jobId = "job",
        cycleId = CycleId,
        changeId = ChangeId,
        provisioningAction = Action,
        provisioningStatusInfo = new { status = Status },
        sourceIdentity = new { id = SourceId, displayName = "Worker " + SourceId },
    });
}
