using System;


namespace InboundProvisioning.Emulator.Identity;

/// <summary>The ids and credentials of the tenant.</summary>
internal sealed record TenantState(
    Guid Id,
    ClientState Client,
    TenantUser User,
    ManagedIdentity SystemAssignedIdentity,
    ManagedIdentity UserAssignedIdentity,
    Guid ServicePrincipalId,
    Guid AppId,
    string JobId);
