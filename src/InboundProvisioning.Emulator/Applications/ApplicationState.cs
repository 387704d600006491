using System.Collections.Generic;

using InboundProvisioning.Emulator.Jobs;

namespace InboundProvisioning.Emulator.Applications;

/// <summary>An application with its jobs, secrets and permissions.</summary>
internal sealed record ApplicationState(
    ServicePrincipal Principal,
    IReadOnlyList<JobState> Jobs,
    IReadOnlyDictionary<string, string?> Secrets,
    IReadOnlyList<AppRoleAssignment> AppRoleAssignments);
