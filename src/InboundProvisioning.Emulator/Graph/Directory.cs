using System;
using System.Collections.Generic;
using System.Linq;

using InboundProvisioning.Emulator.Identity;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>The objects of the tenant that Graph knows.</summary>
internal sealed class Directory
{
    // The gallery's "API-driven provisioning to Microsoft Entra ID":
    // https://learn.microsoft.com/entra/identity/app-provisioning/inbound-provisioning-api-configure-app
    private static readonly Guid ApiDrivenToEntraId = new("40d8f01e-b0d7-4b4f-938b-05190712e598");

    private readonly Guid _provisioningApp;

    public Directory(Tenant tenant)
    {
        _provisioningApp = tenant.ServicePrincipalId;
        ServicePrincipals =
        [
            new(tenant.ServicePrincipalId, tenant.AppId, "API-driven provisioning to Microsoft Entra ID", ApiDrivenToEntraId),
            new(tenant.Client.ServicePrincipalId, tenant.Client.ClientId, "API client", null),
        ];
        Job = new SynchronizationJob(tenant.JobId, "API2AAD");
    }

    public IReadOnlyList<ServicePrincipal> ServicePrincipals { get; }

    /// <summary>The provisioning app's one job.</summary>
    public SynchronizationJob Job { get; }

    public ServicePrincipal? ServicePrincipal(string id) =>
        ServicePrincipals.FirstOrDefault(principal => string.Equals(principal.Id.ToString(), id, StringComparison.OrdinalIgnoreCase));

    public SynchronizationJob? JobOf(ServicePrincipal principal, string jobId) =>
        JobsOf(principal).FirstOrDefault(job => string.Equals(job.Id, jobId, StringComparison.OrdinalIgnoreCase));

    public IReadOnlyList<SynchronizationJob> JobsOf(ServicePrincipal principal) => principal.Id == _provisioningApp ? [Job] : [];
}
