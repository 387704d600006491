using System;
using System.Text.RegularExpressions;
using InboundProvisioning.Http;

namespace InboundProvisioning.Jobs;

/// <summary>The provisioning API endpoint as the portal shows it: a full URL of a job's bulkUpload, in the v1.0 or the beta form.</summary>
public sealed record ProvisioningEndpoint
{
    private ProvisioningEndpoint(Uri graph, ProvisioningJobAddress job)
    {
        Graph = graph;
        Job = job;
    }

    /// <summary>The base URL of the Microsoft Graph that the endpoint is on.</summary>
    public Uri Graph { get; }

    /// <summary>The job that the endpoint names.</summary>
    public ProvisioningJobAddress Job { get; }

    /// <summary>Takes the URL apart.</summary>
    /// <param name="endpoint">The URL; <c>/bulkUpload</c> at its end may be left out.</param>
    /// <exception cref="InboundProvisioningException"><c>ProvisioningEndpointInvalid</c> or <c>EndpointNotHttps</c>.</exception>
    public static ProvisioningEndpoint Parse(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri)
        {
            throw Invalid(endpoint);
        }

        Match match = Regex.Match(
            endpoint.GetLeftPart(UriPartial.Path),
            "^(?<graph>.+?)/(?:v1\\.0|beta)/servicePrincipals/(?<principal>[^/]+)/synchronization/jobs/(?<job>[^/]+?)(?:/bulkUpload)?/?$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        if (!match.Success || endpoint.Query.Length > 0 || endpoint.UserInfo.Length > 0)
        {
            throw Invalid(endpoint);
        }

        if (endpoint.Scheme != Uri.UriSchemeHttps)
        {
            throw new InboundProvisioningException(
                "EndpointNotHttps",
                FaultKind.InvalidArgument,
                $"-ProvisioningEndpoint '{endpoint}' is not https. Tokens and worker records are sent over TLS only.",
                endpoint);
        }

        return new ProvisioningEndpoint(
            new Uri(match.Groups["graph"].Value),
            new ProvisioningJobAddress(
                Uri.UnescapeDataString(match.Groups["principal"].Value), Uri.UnescapeDataString(match.Groups["job"].Value)));
    }

    private static InboundProvisioningException Invalid(Uri endpoint) => new(
        "ProvisioningEndpointInvalid",
        FaultKind.InvalidArgument,
        $"-ProvisioningEndpoint {endpoint.Shown()} is not the URL that the portal shows as Provisioning API Endpoint: "
            + "https://graph.microsoft.com/beta/servicePrincipals/{id}/synchronization/jobs/{jobId}/bulkUpload.");
}
