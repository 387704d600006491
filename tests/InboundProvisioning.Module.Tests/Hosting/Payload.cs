using System.Linq;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>Bulk requests for tests.</summary>
public static class Payload
{
    /// <summary>A bulk request with one record a person.</summary>
    public static string Of(params string[] externalIds) => Of("/Users", externalIds);

    /// <summary>A bulk request that passes the module's own check and that the service refuses with 400.</summary>
    public static string Refused(params string[] externalIds) => Of("/Nowhere", externalIds);

    /// <summary>One bulk request for each person.</summary>
    public static string[] Each(params string[] externalIds) => [.. externalIds.Select(id => Of(id))];

    private static string Of(string path, string[] externalIds) =>
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":["""
        + string.Join(",", externalIds.Select(id =>
            $$$"""{"method":"POST","bulkId":"{{{id}}}","path":"{{{path}}}","data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"{{{id}}}","active":true}}"""))
        + """],"failOnErrors":null}""";
}
