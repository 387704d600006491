namespace InboundProvisioning.Permissions;

/// <summary>An application permission of a service principal.</summary>
/// <param name="Principal">The display name of the app or managed identity.</param>
/// <param name="PrincipalId">Its object id.</param>
/// <param name="Permission">The permission, such as <c>SynchronizationData-User.Upload</c>.</param>
/// <param name="Status">What became of it.</param>
public sealed record PermissionGrant(string Principal, string PrincipalId, string Permission, PermissionStatus Status);
