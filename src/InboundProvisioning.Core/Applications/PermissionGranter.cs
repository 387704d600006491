using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Graph;
using InboundProvisioning.Jobs;
using InboundProvisioning.Permissions;

namespace InboundProvisioning.Applications;

/// <summary>
/// Grants application permissions of Microsoft Graph to service principals, those of managed identities among them:
/// https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments.
/// </summary>
public sealed class PermissionGranter
{
    // https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
    private const string GraphAppId = "00000003-0000-0000-c000-000000000000";

    private readonly GraphClient _graph;
    private readonly IProgress<RetryNotice>? _notices;
    private (string Id, IReadOnlyDictionary<string, string> RoleIds)? _resource;

    /// <summary>Creates a granter.</summary>
    /// <param name="graph">Makes the calls.</param>
    /// <param name="notices">Is told of each retry; or null.</param>
    public PermissionGranter(GraphClient graph, IProgress<RetryNotice>? notices)
    {
        _graph = graph;
        _notices = notices;
    }

    /// <summary>Grants what is missing, and tells of each permission in turn.</summary>
    /// <param name="principal">The app or managed identity.</param>
    /// <param name="permissions">The permissions by name.</param>
    /// <param name="approve">Whether a permission that is missing is to be granted.</param>
    /// <param name="report">Is told of each permission.</param>
    /// <param name="refuse">Is told of each permission that could not be granted; the others go on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InboundProvisioningException">What every permission would meet, such as <c>PermissionMissing</c>.</exception>
    public async Task GrantAsync(
        ServicePrincipal principal,
        IReadOnlyList<string> permissions,
        Func<string, Task<bool>> approve,
        Action<PermissionGrant> report,
        Action<InboundProvisioningException> refuse,
        CancellationToken cancellationToken)
    {
        (string resourceId, IReadOnlyDictionary<string, string> roleIds) = _resource ??= await ReadResourceAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> held = await ReadAssignmentsAsync(principal, resourceId, cancellationToken).ConfigureAwait(false);
        foreach (string permission in permissions)
        {
            if (!roleIds.TryGetValue(permission, out string? roleId))
            {
                refuse(new InboundProvisioningException(
                    "AppRoleNotFound",
                    FaultKind.NotFound,
                    $"Microsoft Graph of this cloud has no application permission '{permission}'.",
                    permission));
                continue;
            }

            PermissionStatus status = held.Contains(roleId) ? PermissionStatus.AlreadyGranted
                : !await approve(permission).ConfigureAwait(false) ? PermissionStatus.WhatIf
                : await AssignAsync(principal, resourceId, roleId, permission, cancellationToken).ConfigureAwait(false);
            report(new PermissionGrant(principal.DisplayName, principal.Id, permission, status));
        }
    }

    private async Task<(string Id, IReadOnlyDictionary<string, string> RoleIds)> ReadResourceAsync(CancellationToken cancellationToken)
    {
        string filter = Uri.EscapeDataString($"appId eq '{GraphAppId}'");
        GraphResponse response = await _graph.SendAsync(
            new GraphRequest(
                HttpMethod.Get,
                $"servicePrincipals?$filter={filter}&$select=id,appRoles",
                "Reading the application permissions of Microsoft Graph",
                GraphPermissions.ReadApplications,
                "service principal of Microsoft Graph"),
            _notices,
            cancellationToken).ConfigureAwait(false);
        using GraphPage page = GraphPage.Read(response);
        if (page.Items.Count != 1 || !page.Items[0].TryGetProperty("appRoles", out JsonElement roles) || roles.ValueKind != JsonValueKind.Array)
        {
            throw response.NotUnderstood("no service principal of Microsoft Graph");
        }

        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonElement role in roles.EnumerateArray())
        {
            if (role.Text("value") is string value && role.Text("id") is string id)
            {
                ids[value] = id;
            }
        }

        return (page.Items[0].Text("id") ?? throw response.NotUnderstood("a service principal without id"), ids);
    }

    private async Task<HashSet<string>> ReadAssignmentsAsync(ServicePrincipal principal, string resourceId, CancellationToken cancellationToken)
    {
        var held = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var request = new GraphRequest(
            HttpMethod.Get,
            AssignmentsPath(principal),
            $"Reading the permissions of {principal}",
            GraphPermissions.ReadApplications,
            $"service principal {principal}");
        await foreach (GraphPage page in _graph.ReadPagesAsync(request, _notices, cancellationToken).ConfigureAwait(false))
        {
            foreach (JsonElement assignment in page.Items)
            {
                if (string.Equals(assignment.Text("resourceId"), resourceId, StringComparison.OrdinalIgnoreCase) && assignment.Text("appRoleId") is string roleId)
                {
                    held.Add(roleId);
                }
            }
        }

        return held;
    }

    private async Task<PermissionStatus> AssignAsync(
        ServicePrincipal principal, string resourceId, string roleId, string permission, CancellationToken cancellationToken)
    {
        try
        {
            await _graph.SendAsync(
                new GraphRequest(
                    HttpMethod.Post,
                    AssignmentsPath(principal),
                    $"Granting {permission} to {principal}",
                    $"{GraphPermissions.GrantRoles} and {GraphPermissions.ReadApplications}",
                    $"service principal {principal}")
                {
                    Body = JsonBody.Write(writer =>
                    {
                        writer.WriteString("principalId", principal.Id);
                        writer.WriteString("resourceId", resourceId);
                        writer.WriteString("appRoleId", roleId);
                    }),
                },
                _notices,
                cancellationToken).ConfigureAwait(false);
            return PermissionStatus.Granted;
        }
        catch (GraphException fault) when (fault.Status == 400 && Regex.IsMatch(fault.Message, "already exists", RegexOptions.IgnoreCase))
        {
            // Somebody else was quicker, or an answer was lost on the way.
            return PermissionStatus.AlreadyGranted;
        }
    }

    private static string AssignmentsPath(ServicePrincipal principal) => $"servicePrincipals/{Uri.EscapeDataString(principal.Id)}/appRoleAssignments";
}
