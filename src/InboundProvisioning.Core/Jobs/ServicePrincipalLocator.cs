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

/// <summary>Finds the enterprise application or managed identity that is meant.</summary>
public sealed class ServicePrincipalLocator
{
    private readonly GraphClient _graph;
    private readonly IProgress<RetryNotice>? _notices;

    /// <summary>Creates a locator.</summary>
    /// <param name="graph">Makes the calls.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    public ServicePrincipalLocator(GraphClient graph, IProgress<RetryNotice>? notices)
    {
        _graph = graph;
        _notices = notices;
    }

    /// <summary>Finds it by its object id or its app id.</summary>
    /// <exception cref="InboundProvisioningException"><c>ServicePrincipalNotFound</c>.</exception>
    public async Task<ServicePrincipal> FindAsync(string id, CancellationToken cancellationToken) =>
        await TryFindAsync(id, cancellationToken).ConfigureAwait(false)
        ?? throw new InboundProvisioningException(
            "ServicePrincipalNotFound",
            FaultKind.NotFound,
            $"No service principal has the object id or app id '{id}' in this tenant. The object id stands in the portal under Enterprise applications.",
            id);

    /// <summary>Finds it by its display name, the case of which does not matter.</summary>
    /// <exception cref="InboundProvisioningException"><c>ServicePrincipalNotFound</c>, or <c>SeveralApplications</c>, which lists them.</exception>
    public async Task<ServicePrincipal> FindByNameAsync(string displayName, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServicePrincipal> found = await FindAllByNameAsync(displayName, cancellationToken).ConfigureAwait(false);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new InboundProvisioningException(
                "ServicePrincipalNotFound",
                FaultKind.NotFound,
                $"No enterprise application is named '{displayName}' in this tenant. Give the whole name, or the object id with -ServicePrincipalId.",
                displayName),
            _ => throw new InboundProvisioningException(
                "SeveralApplications",
                FaultKind.InvalidArgument,
                $"{found.Count} enterprise applications are named '{displayName}'. Name one with -ServicePrincipalId: "
                    + string.Join(", ", found.Select(static one => one.ToString())) + ".",
                displayName),
        };
    }

    /// <summary>All of a display name, the case of which does not matter.</summary>
    internal async Task<IReadOnlyList<ServicePrincipal>> FindAllByNameAsync(string displayName, CancellationToken cancellationToken) =>
        await ReadAsync($"displayName eq {Literal(displayName)}", $"'{displayName}'", cancellationToken).ConfigureAwait(false);

    /// <summary>Finds it by its object id or its app id; null where there is none.</summary>
    internal async Task<ServicePrincipal?> TryFindAsync(string id, CancellationToken cancellationToken) =>
        (await ReadAsync($"id eq {Literal(id)} or appId eq {Literal(id)}", $"'{id}'", cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    private async Task<List<ServicePrincipal>> ReadAsync(string filter, string what, CancellationToken cancellationToken)
    {
        var request = new GraphRequest(
            HttpMethod.Get,
            $"servicePrincipals?$filter={Uri.EscapeDataString(filter)}&$select=id,appId,displayName,applicationTemplateId",
            $"Looking up the service principal {what}",
            GraphPermissions.ReadApplications + " (or give the object id with -ServicePrincipalId)",
            $"service principal {what}");
        var found = new List<ServicePrincipal>();
        await foreach (GraphPage page in _graph.ReadPagesAsync(request, _notices, cancellationToken).ConfigureAwait(false))
        {
            found.AddRange(page.Items.Where(static item => item.Text("id") is not null).Select(static item => new ServicePrincipal(
                item.Text("id")!, item.Text("appId") ?? string.Empty, item.Text("displayName") ?? string.Empty, item.Text("applicationTemplateId"))));
        }

        return found;
    }

    // A quote within a literal is doubled: OData 4.01, URL conventions, section 5.1.1.6.2.
    private static string Literal(string text) => "'" + text.Replace("'", "''") + "'";
}
