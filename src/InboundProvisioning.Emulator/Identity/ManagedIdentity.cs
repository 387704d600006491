using System;

namespace InboundProvisioning.Emulator.Identity;

/// <summary>An identity that Azure manages for a resource: a service principal without an app registration.</summary>
/// <param name="Name">The display name of its service principal.</param>
/// <param name="ClientId">Its client (application) id.</param>
/// <param name="ServicePrincipalId">Its object (principal) id.</param>
/// <param name="ResourceId">The Azure Resource Manager id of a user-assigned identity; null for a system-assigned one.</param>
internal sealed record ManagedIdentity(string Name, Guid ClientId, Guid ServicePrincipalId, string? ResourceId)
{
    public static ManagedIdentity NewSystemAssigned(string name) => new(name, Guid.NewGuid(), Guid.NewGuid(), null);

    public static ManagedIdentity NewUserAssigned(string name) => new(
        name,
        Guid.NewGuid(),
        Guid.NewGuid(),
        $"/subscriptions/{Guid.NewGuid()}/resourcegroups/emulator/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}");
}
