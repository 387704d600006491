using System;

namespace InboundProvisioning.Emulator.Logs;

/// <summary>The job that events are of.</summary>
internal sealed record LoggedJob(string Id, Guid TenantId, Guid ServicePrincipalId, Guid AppId, string ServicePrincipalName, string SourceSystem, string TargetSystem);
