using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// The domains of the tenant, all of them verified but one that waits for it: https://learn.microsoft.com/graph/api/domain-list. Of the query options
/// <c>$select</c> and <c>$top</c> are taken.
/// </summary>
internal sealed class DomainEndpoints(IReadOnlyList<string> verifiedDomains, GraphAuthorization authorization)
{
    private const string Unverified = "unverified.example";

    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root) => version.MapGet("/domains", (HttpContext context) =>
    {
        if (authorization.Refuse(context, DocumentedPermissions.ReadDomains) is { } refusal)
        {
            return refusal;
        }

        var selection = new PropertySelection(context.Request.Query["$select"]);
        IEnumerable<JsonObject> domains = verifiedDomains.Select((name, i) => Domain(name, isVerified: true, isDefault: i == 0))
            .Append(Domain(Unverified, isVerified: false, isDefault: false));
        return CollectionPage.Answer(context, $"{root}/$metadata#domains{selection.ContextSuffix}", domains.Select(selection.Apply));
    }).Takes("$select", "$skiptoken", "$top");

    // https://learn.microsoft.com/graph/api/resources/domain#properties
    private static JsonObject Domain(string name, bool isVerified, bool isDefault) => new()
    {
        ["id"] = name,
        ["authenticationType"] = "Managed",
        ["availabilityStatus"] = null,
        ["isAdminManaged"] = true,
        ["isDefault"] = isDefault,
        ["isInitial"] = name.EndsWith(".onmicrosoft.com", StringComparison.OrdinalIgnoreCase),
        ["isRoot"] = isVerified,
        ["isVerified"] = isVerified,
        ["supportedServices"] = new JsonArray(),
        ["passwordValidityPeriodInDays"] = null,
        ["passwordNotificationWindowInDays"] = null,
        ["state"] = null,
    };
}
