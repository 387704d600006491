using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Permissions;

/// <summary>A permission that a cmdlet needs.</summary>
/// <param name="Use">The cmdlet, or the parameter of several.</param>
/// <param name="Task">What it belongs to; null for what an administrator does once.</param>
/// <param name="Permission">The permission to grant, the narrowest one.</param>
/// <param name="AlsoEnough">Others that do in its place.</param>
public sealed record PermissionNeed(string Use, ProvisioningTask? Task, string Permission, params string[] AlsoEnough)
{
    /// <summary>Whether one of the permissions is there.</summary>
    public bool IsMet(IEnumerable<string> held) => held.Any(permission => permission == Permission || AlsoEnough.Contains(permission));
}
