using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace InboundProvisioning.Emulator.Applications;

/// <summary>
/// Microsoft Graph's own service principal, with the application permissions that inbound provisioning has a use for, under the names of
/// https://learn.microsoft.com/graph/permissions-reference
/// Their ids are the emulator's own: a client reads them from <c>appRoles</c> by value.
/// </summary>
internal static class GraphPermissions
{
    /// <summary>Microsoft Graph's application id, the same in every tenant.</summary>
    public static readonly Guid AppId = new("00000003-0000-0000-c000-000000000000");

    private static readonly string[] Known =
    [
        "Application.Read.All", "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy", "AppRoleAssignment.ReadWrite.All",
        "AuditLog.Read.All", "Directory.Read.All", "Directory.ReadWrite.All", "Domain.Read.All", "Domain.ReadWrite.All",
        "ProvisioningLog.Read.All", "Synchronization.Read.All", "Synchronization.ReadWrite.All", "SynchronizationData-User.Upload", "SynchronizationData-User.Upload.OwnedBy",
    ];

    /// <summary>The service principal, offering also the permissions of other names that the options give the client.</summary>
    public static ServicePrincipal ServicePrincipal(Guid id, IEnumerable<string> others) =>
        new(id, AppId, "Microsoft Graph", null) { AppRoles = [.. Known.Union(others).Select(Role)] };

    /// <summary>The id follows from the name, so that it is the same after a restart.</summary>
    private static AppRole Role(string value) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 16)), value, value);
}
