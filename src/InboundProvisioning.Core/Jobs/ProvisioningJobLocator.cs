using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Jobs;

/// <summary>
/// Finds the provisioning job that is meant. Ids that are given are used as they are, without a call: an app with the upload
/// permission alone can send. Only what is missing, or was not found, is looked up.
/// </summary>
public sealed class ProvisioningJobLocator
{
    private readonly GraphClient _graph;

    /// <summary>Creates a locator.</summary>
    /// <param name="graph">Makes the calls.</param>
    public ProvisioningJobLocator(GraphClient graph)
    {
        _graph = graph;
    }

    /// <summary>The job; where no job id is given, the only job of the service principal.</summary>
    /// <param name="servicePrincipalId">The object id, or the app id.</param>
    /// <param name="jobId">The job's id, or null.</param>
    /// <param name="notices">Is told of each retry.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="InboundProvisioningException"><c>ServicePrincipalNotFound</c>, <c>JobNotFound</c> or <c>SeveralJobs</c>.</exception>
    public async Task<ProvisioningJobAddress> LocateAsync(
        string servicePrincipalId, string? jobId, IProgress<RetryNotice>? notices, CancellationToken cancellationToken)
    {
        if (jobId is not null)
        {
            return new ProvisioningJobAddress(servicePrincipalId, jobId);
        }

        try
        {
            return await OnlyJobAsync(servicePrincipalId, notices, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphException fault) when (fault.ErrorId == "NotFound")
        {
            ServicePrincipal found = await new ServicePrincipalLocator(_graph, notices).FindAsync(servicePrincipalId, cancellationToken).ConfigureAwait(false);
            return await OnlyJobAsync(found.Id, notices, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The job of the app with a display name; where no job id is given, its only one.</summary>
    /// <param name="applicationName">The display name of the enterprise application.</param>
    /// <param name="jobId">The job's id, or null.</param>
    /// <param name="notices">Is told of each retry.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="InboundProvisioningException">As <see cref="LocateAsync"/>, and <c>SeveralApplications</c>.</exception>
    public async Task<ProvisioningJobAddress> LocateByNameAsync(
        string applicationName, string? jobId, IProgress<RetryNotice>? notices, CancellationToken cancellationToken)
    {
        ServicePrincipal found = await new ServicePrincipalLocator(_graph, notices).FindByNameAsync(applicationName, cancellationToken).ConfigureAwait(false);
        return await LocateAsync(found.Id, jobId, notices, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does work on a job; where it ends with a 404 and the id given was the app id, once more with the object id.</summary>
    /// <param name="job">The job as it was given, with its id, so that the app was not looked up.</param>
    /// <param name="work">The work; its first call tells whether the job is there.</param>
    /// <param name="notices">Is told of each retry.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<T> WithObjectIdAsync<T>(
        ProvisioningJobAddress job, Func<ProvisioningJobAddress, Task<T>> work, IProgress<RetryNotice>? notices, CancellationToken cancellationToken)
    {
        try
        {
            return await work(job).ConfigureAwait(false);
        }
        catch (GraphException fault) when (fault.ErrorId == "NotFound")
        {
            ProvisioningJobAddress? found = await RelocateAsync(job, notices, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                throw;
            }

            return await work(found).ConfigureAwait(false);
        }
    }

    /// <summary>After a 404 of a job: the same job with the object id, where the id given was the app id; else null.</summary>
    public async Task<ProvisioningJobAddress?> RelocateAsync(
        ProvisioningJobAddress missing, IProgress<RetryNotice>? notices, CancellationToken cancellationToken)
    {
        try
        {
            ServicePrincipal? found = await new ServicePrincipalLocator(_graph, notices)
                .TryFindAsync(missing.ServicePrincipalId, cancellationToken).ConfigureAwait(false);
            return found is null || SameId(found.Id, missing.ServicePrincipalId) ? null : missing with { ServicePrincipalId = found.Id };
        }
        catch (GraphException)
        {
            // The search is a courtesy, which needs a permission more; the 404 itself is the news.
            return null;
        }
    }

    private async Task<ProvisioningJobAddress> OnlyJobAsync(
        string servicePrincipalId, IProgress<RetryNotice>? notices, CancellationToken cancellationToken)
    {
        GraphResponse response = await _graph.SendAsync(
            new GraphRequest(
                HttpMethod.Get,
                ProvisioningJobAddress.JobsPath(servicePrincipalId),
                $"Looking up the job of service principal '{servicePrincipalId}'",
                GraphPermissions.ReadSynchronization + " (or give the job with -JobId)",
                $"service principal '{servicePrincipalId}'"),
            notices,
            cancellationToken).ConfigureAwait(false);
        List<string[]> jobs = Values(response, "id", "templateId");
        return jobs.Count switch
        {
            1 => new ProvisioningJobAddress(servicePrincipalId, jobs[0][0]),
            0 => throw NoJob(servicePrincipalId),
            _ => throw new InboundProvisioningException(
                "SeveralJobs",
                FaultKind.InvalidArgument,
                $"The service principal '{servicePrincipalId}' has {jobs.Count} jobs. Name one with -JobId: "
                    + string.Join(", ", jobs.Select(static job => $"'{job[0]}' (template {job[1]})")) + ".",
                servicePrincipalId),
        };
    }

    /// <summary>The fault of an app without a job.</summary>
    public static InboundProvisioningException NoJob(string servicePrincipalId) => new(
        "JobNotFound",
        FaultKind.NotFound,
        $"The service principal '{servicePrincipalId}' has no provisioning job. Set its provisioning mode to automatic in the portal, which creates the job, or run New-ProvisioningApplication with the app's name.",
        servicePrincipalId);

    private static List<string[]> Values(GraphResponse response, params string[] names)
    {
        using GraphPage page = GraphPage.Read(response);
        return page.Items.Select(item => names
            .Select(name => !item.TryGetProperty(name, out JsonElement text) || text.ValueKind == JsonValueKind.Null ? string.Empty
                : text.ValueKind == JsonValueKind.String ? text.GetString()!
                : throw response.NotUnderstood($"a {name} that is not text"))
            .ToArray()).ToList();
    }

    private static bool SameId(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
