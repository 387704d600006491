using System;

namespace InboundProvisioning.Emulator.Applications;

/// <summary>An application permission that a service principal has: https://learn.microsoft.com/graph/api/resources/approleassignment</summary>
internal sealed record AppRoleAssignment(
    string Id,
    Guid AppRoleId,
    DateTime CreatedDateTime,
    string PrincipalDisplayName,
    Guid PrincipalId,
    string PrincipalType,
    string ResourceDisplayName,
    Guid ResourceId);
