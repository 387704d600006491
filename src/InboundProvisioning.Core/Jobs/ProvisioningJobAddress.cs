using System;

namespace InboundProvisioning.Jobs;

/// <summary>A provisioning job of a service principal: where bulk requests are uploaded to.</summary>
/// <param name="ServicePrincipalId">The object id of the service principal.</param>
/// <param name="JobId">The id of the job, such as <c>API2AAD.{tenant}.{guid}</c>.</param>
public sealed record ProvisioningJobAddress(string ServicePrincipalId, string JobId)
{
    /// <summary>The path of the job below the version.</summary>
    internal string Path => JobsPath(ServicePrincipalId) + "/" + Uri.EscapeDataString(JobId);

    /// <summary>The path of the upload below the version:
    /// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-post-bulkupload.</summary>
    internal string BulkUploadPath => Path + "/bulkUpload";

    /// <inheritdoc/>
    public override string ToString() => $"job '{JobId}' of service principal '{ServicePrincipalId}'";

    /// <summary>The path of the jobs of a service principal.</summary>
    internal static string JobsPath(string servicePrincipalId) =>
        "servicePrincipals/" + Uri.EscapeDataString(servicePrincipalId) + "/synchronization/jobs";
}
