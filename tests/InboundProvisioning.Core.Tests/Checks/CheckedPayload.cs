using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using InboundProvisioning.Applications;
using InboundProvisioning.Checks;
using InboundProvisioning.Schema;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Core.Tests.Checks;

/// <summary>Users in which nothing is wrong, changed as a test wants them, and what the check finds.</summary>
internal static class CheckedPayload
{
    public const string Enterprise = ScimSchemas.EnterpriseUserUrn;
    public const string Custom = "urn:ietf:params:scim:schemas:extension:contoso:1.0:User";

    public static JsonObject User(string externalId = "1001", Action<JsonObject>? change = null)
    {
        var user = new JsonObject
        {
            ["schemas"] = new JsonArray(ScimSchemas.UserUrn, Enterprise),
            ["externalId"] = externalId,
            ["userName"] = $"user{externalId}@contoso.com",
            ["active"] = true,
            ["displayName"] = "Ana Álvarez",
            ["title"] = "Engineer",
            ["name"] = new JsonObject { ["givenName"] = "Ana", ["familyName"] = "Álvarez" },
            ["emails"] = new JsonArray(new JsonObject { ["value"] = "ana@contoso.com", ["type"] = "work", ["primary"] = true }),
            ["addresses"] = new JsonArray(new JsonObject { ["type"] = "work", ["locality"] = "Lisboa", ["country"] = "PT" }),
            [Enterprise] = new JsonObject { ["department"] = "Sales", ["organization"] = "Contoso" },
        };
        change?.Invoke(user);
        return user;
    }

    public static BulkRequestDocument Document(params JsonObject[] users) => Document(1, users);

    public static BulkRequestDocument Document(int number, params JsonObject[] users)
    {
        var request = new JsonObject
        {
            ["schemas"] = new JsonArray(ScimSchemas.BulkRequestUrn),
            ["Operations"] = new JsonArray([.. users.Select((user, i) => new JsonObject
            {
                ["method"] = "POST", ["bulkId"] = $"b{i}", ["path"] = "/Users", ["data"] = user.DeepClone(),
            })]),
            ["failOnErrors"] = null,
        };
        return BulkRequestDocument.Read("payload.json", number, Encoding.UTF8.GetBytes(request.ToJsonString()));
    }

    public static List<PayloadFinding> Find(CheckOptions options, params JsonObject[] users) => Find(options, Document(users));

    public static List<PayloadFinding> Find(CheckOptions options, params BulkRequestDocument[] documents)
    {
        var found = new List<PayloadFinding>();
        var check = new PayloadCheck(options);
        foreach (BulkRequestDocument document in documents)
        {
            check.Check(document, found.Add);
        }

        check.Complete(found.Add);
        return found;
    }

    public static List<PayloadFinding> Find(params JsonObject[] users) => Find(new CheckOptions(), users);

    public static CheckOptions For(TargetSystem target) => new() { Mappings = JobMappings.Default(target) };

    /// <summary>A mapping of a job from attribute to attribute.</summary>
    public static JsonObject Direct(string source, string target) => new()
    {
        ["targetAttributeName"] = target,
        ["source"] = new JsonObject { ["type"] = "Attribute", ["name"] = source, ["expression"] = $"[{source}]" },
    };

    /// <summary>The schema of a job.</summary>
    public static ProvisioningSchema JobSchema(string target, params JsonObject[] mappings) => ProvisioningSchema.Parse(new JsonObject
    {
        ["directories"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "API",
                ["objects"] = new JsonArray(new JsonObject
                {
                    ["name"] = "User",
                    ["attributes"] = new JsonArray(
                        new JsonObject { ["name"] = "externalId", ["type"] = "String" }, new JsonObject { ["name"] = Custom + ":Since", ["type"] = "DateTime" }),
                }),
            },
            new JsonObject { ["name"] = target, ["objects"] = new JsonArray() }),
        ["synchronizationRules"] = new JsonArray(new JsonObject
        {
            ["name"] = "rule",
            ["sourceDirectoryName"] = "API",
            ["targetDirectoryName"] = target,
            ["objectMappings"] = new JsonArray(new JsonObject
            {
                ["enabled"] = true, ["sourceObjectName"] = "User", ["targetObjectName"] = "User", ["attributeMappings"] = new JsonArray([.. mappings]),
            }),
        }),
    }.ToJsonString());
}
