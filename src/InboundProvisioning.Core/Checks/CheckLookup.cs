using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Applications;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;
using InboundProvisioning.Schema;

namespace InboundProvisioning.Checks;

/// <summary>Asks the tenant for what a check can go by.</summary>
public sealed class CheckLookup
{
    private readonly GraphClient _graph;
    private readonly IProgress<RetryNotice>? _notices;

    /// <param name="graph">Makes the calls.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    public CheckLookup(GraphClient graph, IProgress<RetryNotice>? notices)
    {
        _graph = graph;
        _notices = notices;
    }

    /// <summary>Whether the token of a connection carries a permission to read the domains of the tenant; null where it does not say.</summary>
    /// <exception cref="InboundProvisioningException">There is no token to be had.</exception>
    public static async Task<bool?> MayReadDomainsAsync(ITokenSource tokens, CancellationToken cancellationToken)
    {
        AccessToken token = await tokens.GetTokenAsync(refused: null, cancellationToken).ConfigureAwait(false);
        return token.Claims is not TokenClaims claims || claims.Permissions.Count == 0 ? null : GraphPermissions.Needs.First(static need => need.Permission == GraphPermissions.ReadDomains).IsMet(claims.Permissions);
    }

    /// <summary>The direct mappings of a job, from its schema.</summary>
    /// <param name="job">The job.</param>
    /// <param name="target">The directory; null for that of the job.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InboundProvisioningException">The schema may not be read, or is not understood.</exception>
    public async Task<JobMappings> ReadMappingsAsync(ProvisioningJobAddress job, TargetSystem? target, CancellationToken cancellationToken)
    {
        ProvisioningSchema schema = await new ProvisioningSchemaClient(_graph, _notices).ReadAsync(job, cancellationToken).ConfigureAwait(false);
        return JobMappings.Of(schema, target);
    }

    /// <summary>The verified domains of the tenant: https://learn.microsoft.com/graph/api/domain-list.</summary>
    /// <exception cref="InboundProvisioningException">They may not be read, or the answer is not understood.</exception>
    public async Task<IReadOnlyList<string>> ReadVerifiedDomainsAsync(CancellationToken cancellationToken)
    {
        var request = new GraphRequest(
            HttpMethod.Get, "domains", "Reading the domains of the tenant", GraphPermissions.ReadDomains, "the domains of the tenant");
        var domains = new List<string>();
        await foreach (GraphPage page in _graph.ReadPagesAsync(request, _notices, cancellationToken).ConfigureAwait(false))
        {
            foreach (JsonElement domain in page.Items)
            {
                if (domain.TryGetProperty("isVerified", out JsonElement verified) && verified.ValueKind == JsonValueKind.True && domain.Text("id") is { Length: > 0 } name)
                {
                    domains.Add(name);
                }
            }
        }

        return domains;
    }
}
