using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

using InboundProvisioning.Emulator.Identity;
using InboundProvisioning.Emulator.Jobs;

namespace InboundProvisioning.Emulator.Applications;

/// <summary>The applications of the tenant that Graph knows. Safe for use by several threads.</summary>
internal sealed class TenantApplications
{
    /// <summary>
    /// The gallery's "API-driven provisioning to Microsoft Entra ID":
    /// https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-configure-app
    /// </summary>
    public static readonly Guid ApiDrivenToEntraId = new("40d8f01e-b0d7-4b4f-938b-05190712e598");

    private ImmutableList<EnterpriseApplication> _all = [];

    /// <summary>A tenant with Microsoft Graph, the API client with the roles given, and a provisioning app whose job runs.</summary>
    public TenantApplications(
        Tenant tenant, IReadOnlyList<string> roles, IReadOnlyList<string> managedIdentityRoles, DateTimeOffset now)
    {
        var provisioning = new EnterpriseApplication(
            new(tenant.ServicePrincipalId, tenant.AppId, "API-driven provisioning to Microsoft Entra ID", ApiDrivenToEntraId));
        provisioning.SetSecrets([new(
            "SyncNotificationSettings",
            """{"Enabled":true,"Recipients":"admin@contoso.com","DeleteThresholdEnabled":true,"DeleteThresholdValue":500,"HumanResourcesLookaheadQueryEnabled":false}""")]);
        var job = new ProvisioningJob(new SynchronizationJob(tenant.JobId, "API2AAD"));
        job.Start(now, provisioning.HasNotificationEmail);
        provisioning.Add(job);

        var client = new EnterpriseApplication(new(tenant.Client.ServicePrincipalId, tenant.Client.ClientId, "API client", null));
        Graph = new EnterpriseApplication(GraphPermissions.ServicePrincipal(Guid.NewGuid(), roles.Union(managedIdentityRoles)));
        Grant(client, roles, now);
        _all = [provisioning, client, Graph];
        foreach (ManagedIdentity identity in (ManagedIdentity[])[tenant.SystemAssignedIdentity, tenant.UserAssignedIdentity])
        {
            var application = new EnterpriseApplication(
                new(identity.ServicePrincipalId, identity.ClientId, identity.Name, null)
                {
                    ServicePrincipalType = "ManagedIdentity",
                    AlternativeNames = identity.ResourceId is { } resource ? ["isExplicit=True", resource] : ["isExplicit=False"],
                });
            Grant(application, managedIdentityRoles, now);
            _all = _all.Add(application);
        }
    }

    /// <summary>The applications that were kept.</summary>
    public TenantApplications(IReadOnlyList<ApplicationState> kept)
    {
        _all = [.. kept.Select(EnterpriseApplication.Load)];
        Graph = WithAppId(GraphPermissions.AppId)!;
    }

    public IReadOnlyList<EnterpriseApplication> All => _all;

    /// <summary>Microsoft Graph, whose appRoles are the application permissions.</summary>
    public EnterpriseApplication Graph { get; }

    public static AppRoleAssignment NewAssignment(ServicePrincipal principal, ServicePrincipal resource, AppRole role, DateTimeOffset now) =>
        new(
            Tenant.NewSecret(), role.Id, now.UtcDateTime, principal.DisplayName, principal.Id, "ServicePrincipal", resource.DisplayName, resource.Id);

    public void Add(EnterpriseApplication application) => ImmutableInterlocked.Update(ref _all, all => all.Add(application));

    /// <summary>Takes an application away, with its jobs, and what others were given by it.</summary>
    public void Remove(EnterpriseApplication application)
    {
        ImmutableInterlocked.Update(ref _all, all => all.Remove(application));
        foreach (EnterpriseApplication other in _all)
        {
            foreach (AppRoleAssignment given in other.AppRoleAssignments.Where(given => given.ResourceId == application.Principal.Id))
            {
                other.Unassign(given.Id);
            }
        }
    }

    /// <param name="id">The service principal's object id.</param>
    public EnterpriseApplication? Find(string id) =>
        Guid.TryParse(id, out Guid objectId) ? _all.Find(application => application.Principal.Id == objectId) : null;

    /// <param name="appId">The application's (client) id.</param>
    public EnterpriseApplication? WithAppId(Guid appId) => _all.Find(application => application.Principal.AppId == appId);

    /// <summary>The job of an application, both by id.</summary>
    public IEnumerable<(EnterpriseApplication Application, ProvisioningJob Job)> Jobs =>
        _all.SelectMany(application => application.Jobs, (application, job) => (application, job));

    private void Grant(EnterpriseApplication application, IReadOnlyList<string> roles, DateTimeOffset now)
    {
        foreach (AppRole role in Graph.Principal.AppRoles.Where(role => roles.Contains(role.Value)))
        {
            application.Assign(NewAssignment(application.Principal, Graph.Principal, role, now));
        }
    }
}
