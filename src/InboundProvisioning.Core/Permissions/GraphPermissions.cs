using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Permissions;

/// <summary>
/// The permissions of Microsoft Graph that the cmdlets need, in one place: https://learn.microsoft.com/graph/permissions-reference.
/// </summary>
public static class GraphPermissions
{
    /// <summary>Uploads bulk requests.</summary>
    public const string Upload = "SynchronizationData-User.Upload";

    /// <summary>Uploads bulk requests to the apps that the client owns; an application permission only.</summary>
    public const string UploadToOwned = "SynchronizationData-User.Upload.OwnedBy";

    /// <summary>Reads the provisioning logs.</summary>
    public const string ReadProvisioningLogs = "ProvisioningLog.Read.All";

    /// <summary>Reads all logs, those of provisioning among them.</summary>
    public const string ReadAllLogs = "AuditLog.Read.All";

    /// <summary>Reads apps and service principals.</summary>
    public const string ReadApplications = "Application.Read.All";

    /// <summary>Makes and changes apps.</summary>
    public const string WriteApplications = "Application.ReadWrite.All";

    /// <summary>Makes apps, and changes those that the client owns; an application permission only.</summary>
    public const string WriteOwnedApplications = "Application.ReadWrite.OwnedBy";

    /// <summary>Reads provisioning jobs and their schemas.</summary>
    public const string ReadSynchronization = "Synchronization.Read.All";

    /// <summary>Starts, stops, restarts and makes provisioning jobs, and changes their schemas.</summary>
    public const string WriteSynchronization = "Synchronization.ReadWrite.All";

    /// <summary>Reads the domains of the tenant.</summary>
    public const string ReadDomains = "Domain.Read.All";

    /// <summary>Reads and changes the domains of the tenant.</summary>
    public const string WriteDomains = "Domain.ReadWrite.All";

    /// <summary>Reads the directory, the domains of the tenant among it.</summary>
    public const string ReadDirectory = "Directory.Read.All";

    /// <summary>Grants application permissions.</summary>
    public const string GrantRoles = "AppRoleAssignment.ReadWrite.All";

    /// <summary>
    /// What the sign-in of a person asks for where nothing else is named: to find the job, to upload, and to read the outcome. What
    /// changes a job or its schema needs <see cref="WriteSynchronization"/>, which is asked for by name.
    /// </summary>
    public static IReadOnlyList<string> DelegatedDefault { get; } = [Upload, ReadProvisioningLogs, ReadSynchronization, ReadApplications];

    /// <summary>What each cmdlet needs.</summary>
    public static IReadOnlyList<PermissionNeed> Needs { get; } =
    [
        new("Send-ScimBulkPayload", ProvisioningTask.Upload, Upload, UploadToOwned),
        new("Sync-InboundProvisioning", ProvisioningTask.Upload, Upload, UploadToOwned),
        new("Get-ProvisioningPlan", Task: null, ReadSynchronization, WriteSynchronization),
        new("Test-ScimBulkPayload", ProvisioningTask.Check, ReadSynchronization, WriteSynchronization),
        new("Test-ScimBulkPayload", ProvisioningTask.Check, ReadDomains, WriteDomains, ReadDirectory),
        new("Get-ProvisioningLog", ProvisioningTask.Log, ReadProvisioningLogs, ReadAllLogs),
        new("Update-ProvisioningOutcome", Task: null, ReadProvisioningLogs, ReadAllLogs),
        new("Get-ProvisioningJob", ProvisioningTask.Job, ReadSynchronization, WriteSynchronization),
        new("Start-ProvisioningJob", ProvisioningTask.Job, WriteSynchronization),
        new("Stop-ProvisioningJob", ProvisioningTask.Job, WriteSynchronization),
        new("Restart-ProvisioningJob", ProvisioningTask.Job, WriteSynchronization),
        new("-ApplicationName", ProvisioningTask.Job, ReadApplications, WriteApplications),
        new("Export-ProvisioningSchema", ProvisioningTask.Schema, ReadSynchronization, WriteSynchronization),
        new("Import-ProvisioningSchema", ProvisioningTask.Schema, WriteSynchronization),
        new("Set-ProvisioningSchemaExtension", ProvisioningTask.Schema, WriteSynchronization),
        new("New-ProvisioningApplication", ProvisioningTask.Create, WriteApplications, WriteOwnedApplications),
        new("New-ProvisioningApplication", ProvisioningTask.Create, WriteSynchronization),
        new("Grant-ProvisioningPermission", Task: null, GrantRoles),
        new("Grant-ProvisioningPermission", Task: null, ReadApplications),
    ];

    /// <summary>What the sign-in of a person for one cmdlet asks for: the default, and what the cmdlet needs beyond it.</summary>
    /// <param name="cmdlet">The cmdlet's name.</param>
    public static IReadOnlyList<string> DelegatedFor(string cmdlet) =>
        [.. DelegatedDefault.Union(Needs.Where(need => need.Use == cmdlet).Select(static need => need.Permission))];

    /// <summary>The permissions to grant for some tasks, the narrowest that are enough for all of their cmdlets.</summary>
    public static IReadOnlyList<string> For(IEnumerable<ProvisioningTask> tasks)
    {
        HashSet<ProvisioningTask> chosen = [.. tasks];
        List<string> named = [.. Needs.Where(need => need.Task is ProvisioningTask task && chosen.Contains(task)).Select(static need => need.Permission).Distinct()];
        return [.. named.Where(permission => permission != ReadSynchronization || !named.Contains(WriteSynchronization))];
    }

    /// <summary>What a token lacks for some tasks.</summary>
    /// <param name="held">The permissions that the token carries.</param>
    /// <param name="tasks">The tasks.</param>
    public static IEnumerable<PermissionNeed> Missing(IReadOnlyCollection<string> held, IReadOnlyCollection<ProvisioningTask> tasks) =>
        Needs.Where(need => need.Task is ProvisioningTask task && tasks.Contains(task) && !need.IsMet(held));
}
