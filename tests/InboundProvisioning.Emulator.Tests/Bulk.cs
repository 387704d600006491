using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>Bulk requests as the reference page shows them, to be bent by a test.</summary>
internal static class Bulk
{
    public const string Core = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    public static JsonObject Request(params string[] externalIds) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:BulkRequest"),
        ["Operations"] = new JsonArray([.. externalIds.Select(Operation)]),
        ["failOnErrors"] = null,
    };

    public static JsonObject Operation(string externalId) => new()
    {
        ["method"] = "POST",
        ["bulkId"] = externalId,
        ["path"] = "/Users",
        ["data"] = new JsonObject
        {
            ["schemas"] = new JsonArray(Core, Enterprise),
            ["externalId"] = externalId,
            ["userName"] = $"{externalId}@example.com",
            ["active"] = true,
            [Enterprise] = new JsonObject { ["department"] = "Tour Operations" },
        },
    };

    /// <summary>One request with one operation, changed.</summary>
    public static string With(Action<JsonObject> changeRequest)
    {
        JsonObject request = Request("701984");
        changeRequest(request);
        return request.ToJsonString();
    }

    public static string WithOperation(Action<JsonObject> change) => With(request => change(request["Operations"]![0]!.AsObject()));

    public static string WithData(Action<JsonObject> change) => WithOperation(operation => change(operation["data"]!.AsObject()));
}
