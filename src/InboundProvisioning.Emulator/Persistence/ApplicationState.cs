using System.Collections.Generic;

using InboundProvisioning.Emulator.Applications;

namespace InboundProvisioning.Emulator.Persistence;

/// <summary>An application with its jobs, secrets and permissions.</summary>
internal sealed record ApplicationState(
    ServicePrincipal Principal,
    IReadOnlyList<JobState> Jobs,
    IReadOnlyDictionary<string, string?> Secrets,
    IReadOnlyList<AppRoleAssignment> AppRoleAssignments);
