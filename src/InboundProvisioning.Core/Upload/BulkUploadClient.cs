using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Upload;

/// <summary>
/// Posts bulk requests to a job's bulkUpload:
/// https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-post-bulkupload.
/// </summary>
internal sealed class BulkUploadClient
{
    /// <summary>The application permission of an upload.</summary>
    public const string Permission = GraphPermissions.Upload + " (or, for an app that it owns, " + GraphPermissions.UploadToOwned + ")";

    // Any other success is not the service's: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-post-bulkupload.
    private const int Accepted = 202;

    // The answer has no body.
    private const int LargestAnswer = 64 * 1024;

    private readonly GraphClient _graph;
    private readonly CallLimits _limits;

    public BulkUploadClient(GraphClient graph, CallLimits limits)
    {
        _graph = graph;
        _limits = limits;
    }

    /// <summary>Uploads one bulk request, as its bytes are.</summary>
    /// <param name="job">The job.</param>
    /// <param name="bulkRequest">The bulk request (RFC 7644 section 3.7), UTF-8.</param>
    /// <param name="name">What the request is called in messages.</param>
    /// <param name="notices">Is told of each retry.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    public Task<GraphResponse> UploadAsync(
        ProvisioningJobAddress job, byte[] bulkRequest, string name, IProgress<RetryNotice>? notices, CancellationToken cancellationToken) =>
        _graph.SendAsync(
            new GraphRequest(
                HttpMethod.Post,
                job.BulkUploadPath,
                "Uploading " + name,
                Permission,
                $"{job}. -ServicePrincipalId is the object id of the enterprise application (with the permission {GraphPermissions.ReadApplications} the app id does too), -JobId that of its provisioning job")
            {
                Body = bulkRequest,
                ContentType = "application/scim+json",
                Limits = _limits,
                SuccessStatus = Accepted,
                LargestAnswer = LargestAnswer,
            },
            notices,
            cancellationToken);
}
