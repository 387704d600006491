using System;
using InboundProvisioning.Graph;

namespace InboundProvisioning.PowerShell;

/// <summary>The service principal and job that a cmdlet means, as far as the parameters name them.</summary>
/// <param name="ServicePrincipalId">The object id or app id, or null.</param>
/// <param name="JobId">The job's id, or null.</param>
internal sealed record ProvisioningTarget(string? ServicePrincipalId, string? JobId)
{
    /// <summary>Nothing is named.</summary>
    public static ProvisioningTarget None { get; } = new(null, null);

    /// <summary>Takes the parameters together.</summary>
    /// <exception cref="InboundProvisioningException"><c>TargetConflict</c> or <c>ServicePrincipalIdInvalid</c>.</exception>
    public static ProvisioningTarget From(string? servicePrincipalId, string? jobId, ProvisioningEndpoint? endpoint)
    {
        if (endpoint is not null)
        {
            return servicePrincipalId is null && jobId is null
                ? new ProvisioningTarget(endpoint.Job.ServicePrincipalId, endpoint.Job.JobId)
                : throw new InboundProvisioningException(
                    "TargetConflict",
                    FaultKind.InvalidArgument,
                    "-ProvisioningEndpoint names the service principal and the job already. Leave out -ServicePrincipalId and -JobId.");
        }

        if (servicePrincipalId is null)
        {
            return new ProvisioningTarget(null, jobId);
        }

        return Guid.TryParse(servicePrincipalId, out Guid id)
            ? new ProvisioningTarget(id.ToString("D"), jobId)
            : throw new InboundProvisioningException(
                "ServicePrincipalIdInvalid",
                FaultKind.InvalidArgument,
                $"-ServicePrincipalId '{servicePrincipalId}' is not a GUID. Give the object id of the enterprise application, or its app id.",
                servicePrincipalId);
    }

    /// <summary>What this one leaves open, taken from another; a job belongs to its service principal.</summary>
    public ProvisioningTarget Or(ProvisioningTarget other) => ServicePrincipalId is null
        ? new ProvisioningTarget(other.ServicePrincipalId, JobId ?? other.JobId)
        : this;

    /// <inheritdoc/>
    public override string ToString() => JobId is null
        ? $"The provisioning job of service principal '{ServicePrincipalId}'"
        : $"Provisioning job '{JobId}' of service principal '{ServicePrincipalId}'";
}
