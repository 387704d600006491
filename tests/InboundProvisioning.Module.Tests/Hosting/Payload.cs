using System;
using System.Linq;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>Bulk requests for tests.</summary>
public static class Payload
{
    /// <summary>A bulk request with one record a person.</summary>
    public static string Of(params string[] externalIds) => Of(static _ => "/Users", externalIds);

    /// <summary>A bulk request that passes the module's own check and that the service refuses with 400.</summary>
    public static string Refused(params string[] externalIds) => Of(static _ => "/Nowhere", externalIds);

    /// <summary>A bulk request of which the service refuses the records whose externalId starts with "bad".</summary>
    public static string Mixed(params string[] externalIds) =>
        Of(static id => id.StartsWith("bad", StringComparison.Ordinal) ? "/Nowhere" : "/Users", externalIds);

    /// <summary>One bulk request for each person.</summary>
    public static string[] Each(params string[] externalIds) => [.. externalIds.Select(id => Of(id))];

    private static string Of(Func<string, string> path, string[] externalIds) =>
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":["""
        + string.Join(",", externalIds.Select(id =>
            $$$"""{"method":"POST","bulkId":"{{{id}}}","path":"{{{path(id)}}}","data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"{{{id}}}","active":true}}"""))
        + """],"failOnErrors":null}""";
}
