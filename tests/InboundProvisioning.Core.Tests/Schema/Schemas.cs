using System.Text;
using InboundProvisioning.Schema;

namespace InboundProvisioning.Core.Tests.Schema;

/// <summary>Schemas as the service gives them: the directory that the records go to stands first, as a rule the other way does.</summary>
internal static class Schemas
{
    public const string Urn = "urn:ietf:params:scim:schemas:extension:contoso:1.0:User";

    public const string Small =
        """
        {
          "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#schema",
          "id": "API2AAD.1.a",
          "version": "Date:2026-01-02",
          "synchronizationRules": [
            {
              "id": "rule-out", "name": "Write back", "priority": 2, "editable": true, "sourceDirectoryName": "Azure Active Directory", "targetDirectoryName": "API",
              "objectMappings": [{ "sourceObjectName": "User", "targetObjectName": "User", "attributeMappings": [] }]
            },
            {
              "id": "rule-in", "name": "Inbound", "priority": 1, "editable": true, "sourceDirectoryName": "API", "targetDirectoryName": "Azure Active Directory",
              "objectMappings": [
                {
                  "name": "Users", "enabled": true, "flowTypes": "Add, Update, Delete", "sourceObjectName": "User", "targetObjectName": "User",
                  "scope": { "groups": [{ "name": "staff", "clauses": [{ "operatorName": "EQUALS", "sourceOperandName": "userType", "targetOperand": { "values": ["a|b", "c"] } }] }] },
                  "attributeMappings": [
                    { "defaultValue": null, "flowBehavior": "FlowWhenChanged", "flowType": "Always", "matchingPriority": 1, "source": { "expression": "[externalId]", "name": "externalId", "parameters": [], "type": "Attribute" }, "targetAttributeName": "employeeId" },
                    { "defaultValue": "none", "flowBehavior": "FlowAlways", "flowType": "ObjectAddOnly", "matchingPriority": 0, "source": { "expression": "Join(\", \", [urn:ietf:params:scim:schemas:extension:contoso:1.0:User:Level], [title])", "name": "Join", "parameters": [{ "key": "source", "value": { "expression": "[urn:ietf:params:scim:schemas:extension:contoso:1.0:User:Level]", "name": "urn:ietf:params:scim:schemas:extension:contoso:1.0:User:Level", "parameters": [], "type": "Attribute" } }], "type": "Function" }, "targetAttributeName": "jobTitle" }
                  ]
                }
              ]
            }
          ],
          "directories": [
            { "id": "dir-aad", "name": "Azure Active Directory", "objects": [{ "name": "User", "attributes": [{ "name": "employeeId", "type": "String" }, { "name": "employeeHireDate", "type": "DateTime" }, { "name": "jobTitle", "type": "String" }] }] },
            { "id": "dir-api", "name": "API", "objects": [
              { "name": "Group", "attributes": [] },
              { "name": "User", "attributes": [
                { "name": "externalId", "type": "String", "anchor": true, "weight": 1.0 },
                { "name": "urn:ietf:params:scim:schemas:extension:contoso:1.0:User:Level", "type": "String", "multivalued": false, "flowNullValues": true }
              ] } ] }
          ]
        }
        """;

    public static ProvisioningSchema Parse(string json) => new(Encoding.UTF8.GetBytes(json));
}
