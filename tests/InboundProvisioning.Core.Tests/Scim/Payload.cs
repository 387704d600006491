using System.Linq;

namespace InboundProvisioning.Core.Tests.Scim;

/// <summary>Bulk requests for tests.</summary>
internal static class Payload
{
    public static string Of(params string[] externalIds) =>
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":["""
        + string.Join(",", externalIds.Select((id, i) => Operation($"{i}-{id}", id)))
        + """],"failOnErrors":null}""";

    public static string Operation(string bulkId, string externalId) =>
        $$$"""{"method":"POST","bulkId":"{{{bulkId}}}","path":"/Users","data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"{{{externalId}}}"}}""";
}
