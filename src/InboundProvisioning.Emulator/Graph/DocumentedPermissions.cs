namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// The permissions of every call, as the table on its reference page has them. "OwnedBy" permissions are for apps that the caller owns; the
/// API client of the emulator owns every provisioning app. Delegated calls also need a directory role, which the emulator's one user has.
/// </summary>
internal static class DocumentedPermissions
{
    /// <summary>https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-post-bulkupload</summary>
    public static CallPermissions BulkUpload { get; } = new(
        ["SynchronizationData-User.Upload.OwnedBy", "SynchronizationData-User.Upload"],
        ["SynchronizationData-User.Upload"]);

    /// <summary>
    /// https://learn.microsoft.com/graph/api/serviceprincipal-list and https://learn.microsoft.com/graph/api/serviceprincipal-get
    /// </summary>
    public static CallPermissions ReadServicePrincipals { get; } = new(
        ["Application.Read.All", "Application.ReadWrite.OwnedBy", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]);

    /// <summary>https://learn.microsoft.com/graph/api/serviceprincipal-delete</summary>
    public static CallPermissions DeleteServicePrincipal { get; } = new(
        ["Application.ReadWrite.OwnedBy", "Application.ReadWrite.All"], ["Application.ReadWrite.All"]);

    /// <summary>
    /// https://learn.microsoft.com/graph/api/synchronization-synchronization-list-jobs,
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-get,
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-get and
    /// https://learn.microsoft.com/graph/api/synchronization-synchronization-list-templates
    /// </summary>
    public static CallPermissions ReadSynchronization { get; } = new(
        ["Application.ReadWrite.OwnedBy", "Synchronization.Read.All", "Synchronization.ReadWrite.All"],
        ["Synchronization.Read.All", "Synchronization.ReadWrite.All"]);

    /// <summary>
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-start (pause, restart),
    /// https://learn.microsoft.com/graph/api/synchronization-synchronization-post-jobs,
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-update,
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-parseexpression (functions, filteroperators),
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-validatecredentials and
    /// https://learn.microsoft.com/graph/api/synchronization-serviceprincipal-put-synchronization
    /// </summary>
    public static CallPermissions WriteSynchronization { get; } = new(
        ["Application.ReadWrite.OwnedBy", "Synchronization.ReadWrite.All"],
        ["Synchronization.ReadWrite.All"]);

    /// <summary>https://learn.microsoft.com/graph/api/provisioningobjectsummary-list</summary>
    public static CallPermissions ReadProvisioningLogs { get; } = new(
        ["ProvisioningLog.Read.All", "AuditLog.Read.All"],
        ["ProvisioningLog.Read.All", "AuditLog.Read.All"]);

    /// <summary>https://learn.microsoft.com/graph/api/domain-list</summary>
    public static CallPermissions ReadDomains { get; } = new(
        ["Domain.Read.All", "Domain.ReadWrite.All", "Directory.Read.All"],
        ["Domain.Read.All", "Domain.ReadWrite.All", "Directory.Read.All"]);

    /// <summary>https://learn.microsoft.com/graph/api/applicationtemplate-get: none is needed.</summary>
    public static CallPermissions ReadApplicationTemplates => CallPermissions.None;

    /// <summary>https://learn.microsoft.com/graph/api/applicationtemplate-instantiate</summary>
    public static CallPermissions InstantiateApplicationTemplate { get; } = new(
        ["Application.ReadWrite.OwnedBy", "Application.ReadWrite.All", "Directory.ReadWrite.All"],
        ["Application.ReadWrite.All", "Directory.ReadWrite.All"]);

    /// <summary>https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments</summary>
    public static CallPermissions ReadAppRoleAssignments { get; } = new(
        ["Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"],
        ["Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"]);

    /// <summary>https://learn.microsoft.com/graph/api/serviceprincipal-delete-approleassignments</summary>
    public static CallPermissions RevokeAppRole { get; } = new(["AppRoleAssignment.ReadWrite.All"], ["AppRoleAssignment.ReadWrite.All"]);

    /// <summary>https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments: both are needed.</summary>
    public static CallPermissions GrantAppRole { get; } =
        new(["AppRoleAssignment.ReadWrite.All"], ["AppRoleAssignment.ReadWrite.All"])
        {
            And = new(["Application.Read.All", "Directory.Read.All"], ["Application.Read.All", "Directory.Read.All"]),
        };
}
