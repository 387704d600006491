using System;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;

namespace InboundProvisioning.Jobs;

/// <summary>The service principal and job that a cmdlet means, as far as the parameters name them.</summary>
/// <param name="ServicePrincipalId">The object id or app id, or null.</param>
/// <param name="JobId">The job's id, or null.</param>
/// <param name="ApplicationName">The display name of the app in place of its id, or null.</param>
public sealed record ProvisioningTarget(string? ServicePrincipalId, string? JobId, string? ApplicationName = null)
{
    /// <summary>Nothing is named.</summary>
    public static ProvisioningTarget None { get; } = new(null, null);

    /// <summary>Whether an app is named at all.</summary>
    public bool IsNamed => ServicePrincipalId is not null || ApplicationName is not null;

    /// <summary>Takes the parameters together.</summary>
    /// <exception cref="InboundProvisioningException"><c>TargetConflict</c> or <c>ServicePrincipalIdInvalid</c>.</exception>
    public static ProvisioningTarget From(string? servicePrincipalId, string? applicationName, string? jobId, ProvisioningEndpoint? endpoint)
    {
        if (servicePrincipalId is not null && applicationName is not null)
        {
            throw new InboundProvisioningException(
                "TargetConflict", FaultKind.InvalidArgument, "Name the app once: with -ServicePrincipalId or with -ApplicationName.");
        }

        if (endpoint is not null)
        {
            return servicePrincipalId is null && applicationName is null && jobId is null
                ? new ProvisioningTarget(endpoint.Job.ServicePrincipalId, endpoint.Job.JobId)
                : throw new InboundProvisioningException(
                    "TargetConflict",
                    FaultKind.InvalidArgument,
                    "-ProvisioningEndpoint names the service principal and the job already. Leave out -ServicePrincipalId, -ApplicationName and -JobId.");
        }

        if (servicePrincipalId is null)
        {
            return new ProvisioningTarget(null, jobId, applicationName);
        }

        return Guid.TryParse(servicePrincipalId, out Guid id)
            ? new ProvisioningTarget(id.ToString("D"), jobId)
            : throw new InboundProvisioningException(
                "ServicePrincipalIdInvalid",
                FaultKind.InvalidArgument,
                $"-ServicePrincipalId '{servicePrincipalId}' is not a GUID. Give the object id of the enterprise application, or its app id; a display name goes to -ApplicationName.",
                servicePrincipalId);
    }

    /// <summary>What this one leaves open, taken from another; a job belongs to its service principal.</summary>
    public ProvisioningTarget Or(ProvisioningTarget other) => IsNamed ? this : other with { JobId = JobId ?? other.JobId };

    /// <summary>Finds the job; what is named by id needs no call.</summary>
    /// <exception cref="InboundProvisioningException">As <see cref="ProvisioningJobLocator"/>.</exception>
    public Task<ProvisioningJobAddress> LocateAsync(GraphClient graph, IProgress<RetryNotice>? notices, CancellationToken cancellationToken)
    {
        var locator = new ProvisioningJobLocator(graph);
        return ApplicationName is null
            ? locator.LocateAsync(ServicePrincipalId!, JobId, notices, cancellationToken)
            : locator.LocateByNameAsync(ApplicationName, JobId, notices, cancellationToken);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string app = ApplicationName is null ? $"service principal '{ServicePrincipalId}'" : $"application '{ApplicationName}'";
        return JobId is null ? $"The provisioning job of {app}" : $"Provisioning job '{JobId}' of {app}";
    }
}
