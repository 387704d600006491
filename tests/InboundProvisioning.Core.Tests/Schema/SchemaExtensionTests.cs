using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class SchemaExtensionTests
{
    private const string HireDate =
        """{"anchor":false,"caseExact":false,"defaultValue":null,"flowNullValues":false,"multivalued":false,"mutability":"ReadWrite","name":"urn:ietf:params:scim:schemas:extension:contoso:1.0:User:HireDate","required":false,"type":"DateTime","apiExpressions":[],"metadata":[],"referencedObjects":[]}""";

    private static readonly SchemaAttribute HireDateAttribute = new("HireDate") { Type = SchemaAttributeType.DateTime };

    [Fact]
    public void Of_generated_schemas_every_byte_goes_back_but_for_the_context_and_the_attribute_that_is_added()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            ExpectAdded(new GeneratedSchema(seed, size: 12, HireDate), $"seed {seed}");
        }
    }

    [Fact]
    public void A_large_schema_goes_back_byte_for_byte()
    {
        var schema = new GeneratedSchema(seed: 20261122, size: 40000, HireDate);

        Assert.True(schema.Before.Length > 2_000_000, $"{schema.Before.Length} characters");
        ExpectAdded(schema, "large");
    }

    [Fact]
    public void An_attribute_and_its_mapping_are_added_with_every_property_of_the_metadata()
    {
        SchemaExtensionPlan plan = Plan(new SchemaExtension(Schemas.Urn, [HireDateAttribute]) { TargetAttributes = new Dictionary<string, string> { ["hiredate"] = "employeehiredate" } });

        Assert.Empty(plan.Faults);
        SchemaExtensionResult result = Assert.Single(plan.Results);
        Assert.Equal(
            (Schemas.Urn + ":HireDate", "HireDate", "DateTime", SchemaChangeStatus.Added, "employeeHireDate", SchemaChangeStatus.Added),
            (result.Name, result.Attribute, result.Type, result.Status, result.TargetAttribute, result.MappingStatus!.Value));
        using JsonDocument after = JsonDocument.Parse(plan.Schema.ToBytes());
        Assert.False(after.RootElement.TryGetProperty("@odata.context", out _));
        JsonElement attributes = after.RootElement.GetProperty("directories")[1].GetProperty("objects")[1].GetProperty("attributes");
        Assert.Equal(HireDate, attributes[2].GetRawText());
        JsonElement mappings = after.RootElement.GetProperty("synchronizationRules")[1].GetProperty("objectMappings")[0].GetProperty("attributeMappings");
        Assert.Equal(
            """{"defaultValue":null,"exportMissingReferences":false,"flowBehavior":"FlowWhenChanged","flowType":"Always","matchingPriority":0,"source":{"expression":"[urn:ietf:params:scim:schemas:extension:contoso:1.0:User:HireDate]","name":"urn:ietf:params:scim:schemas:extension:contoso:1.0:User:HireDate","parameters":[],"type":"Attribute"},"targetAttributeName":"employeeHireDate"}""",
            mappings[2].GetRawText());
        Assert.Equal(
            ["synchronizationRules[Inbound].objectMappings[Users].attributeMappings[employeeHireDate]", "directories[API].objects[User].attributes[" + Schemas.Urn + ":HireDate]"],
            plan.Schema.DifferencesFrom(Schemas.Parse(Schemas.Small)).Select(line => line[2..line.IndexOf(": a", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("employeeId", "Integer in 2 of 2 values", "String")]
    [InlineData("employeeId", null, "Integer")]
    [InlineData("employeeHireDate", "Integer in 2 of 2 values", "Integer")]
    public void Digits_that_flow_into_a_text_are_no_number_unless_that_was_asked_for(string target, string? seen, string type)
    {
        SchemaExtensionPlan plan = Plan(new SchemaExtension(Schemas.Urn, [new("Shift") { Type = SchemaAttributeType.Integer, Seen = seen }])
        {
            TargetAttributes = new Dictionary<string, string> { ["Shift"] = target },
            Force = true,
        });

        Assert.Equal(type, Assert.Single(plan.Results).Type);
    }

    [Fact]
    public void What_exists_is_left_alone_and_a_second_run_changes_nothing()
    {
        var extension = new SchemaExtension(Schemas.Urn, [HireDateAttribute, new("Level")]) { TargetAttributes = new Dictionary<string, string> { ["HireDate"] = "employeeHireDate" } };

        SchemaExtensionPlan second = extension.Plan(Plan(extension).Schema);

        Assert.False(second.HasChanges);
        Assert.Empty(second.Faults);
        Assert.Equal([SchemaChangeStatus.Existing, SchemaChangeStatus.Existing], second.Results.Select(result => result.Status));
        Assert.Equal(SchemaChangeStatus.Existing, second.Results[0].MappingStatus);
        Assert.True(second.Results[1].FlowNullValues);
    }

    [Fact]
    public void Another_type_is_a_fault_of_that_attribute_and_the_others_go_on()
    {
        SchemaExtensionPlan plan = Plan(new SchemaExtension(Schemas.Urn, [new("Level") { Type = SchemaAttributeType.Integer }, HireDateAttribute]));

        InboundProvisioningException fault = Assert.Single(plan.Faults);
        Assert.Equal(("AttributeDiffers", "Level"), (fault.ErrorId, fault.Target));
        Assert.Equal("HireDate", Assert.Single(plan.Results).Attribute);
    }

    [Fact]
    public void Force_changes_the_type_in_place_and_nothing_else()
    {
        SchemaExtensionPlan plan = Plan(new SchemaExtension(Schemas.Urn, [new("Level") { Type = SchemaAttributeType.Integer, MultiValued = true, FlowNullValues = false }]) { Force = true });

        Assert.Empty(plan.Faults);
        Assert.Equal((SchemaChangeStatus.Changed, "String", "Integer"), (plan.Results[0].Status, plan.Results[0].PreviousType, plan.Results[0].Type));
        string expected = Schemas.Small
            .Replace("  \"@odata.context\": \"https://graph.microsoft.com/v1.0/$metadata#schema\",\n", string.Empty, StringComparison.Ordinal)
            .Replace(":Level\", \"type\": \"String\", \"multivalued\": false, \"flowNullValues\": true", ":Level\", \"type\": \"Integer\", \"multivalued\": true, \"flowNullValues\": false", StringComparison.Ordinal);
        Assert.Equal(expected, plan.Schema.ToString());
        Assert.Equal(
            ["flowNullValues: true -> false", "multivalued: false -> true", "type: \"String\" -> \"Integer\""],
            plan.Schema.DifferencesFrom(Schemas.Parse(Schemas.Small)).Select(line => line[(line.IndexOf("Level].", StringComparison.Ordinal) + 7)..]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Hire Date", "InvalidAttributeName")]
    [InlineData("1st", "InvalidAttributeName")]
    [InlineData("name.first", "InvalidAttributeName")]
    [InlineData("Straße", "InvalidAttributeName")]
    [InlineData("level", "AttributeCaseDiffers")]
    public void A_name_that_cannot_be_is_a_fault_of_that_attribute(string name, string errorId)
    {
        SchemaExtensionPlan plan = Plan(new SchemaExtension(Schemas.Urn, [new(name), HireDateAttribute]));

        Assert.Equal(errorId, Assert.Single(plan.Faults).ErrorId);
        Assert.Equal("HireDate", Assert.Single(plan.Results).Attribute);
    }

    [Fact]
    public void A_name_given_twice_counts_once_and_is_a_fault_when_the_two_differ()
    {
        Assert.Single(Plan(new SchemaExtension(Schemas.Urn, [HireDateAttribute, HireDateAttribute])).Results);

        SchemaExtensionPlan plan = Plan(new SchemaExtension(Schemas.Urn, [HireDateAttribute, new("hireDate")]));

        Assert.Equal("RepeatedAttribute", Assert.Single(plan.Faults).ErrorId);
        Assert.Equal("DateTime", Assert.Single(plan.Results).Type);
    }

    [Theory]
    [InlineData("HireDate", "employeeHiredDate", "TargetAttributeUnknown", "Did you mean 'employeeHireDate'?")]
    [InlineData("HireDate", "employeeId", "TargetAttributeMapped", "from [externalId]")]
    [InlineData("Hired", "employeeHireDate", "TargetAttributeUnused", "'Hired'")]
    public void A_mapping_that_cannot_be_is_a_fault_and_the_attribute_is_added_all_the_same(string attribute, string target, string errorId, string words)
    {
        SchemaExtensionPlan plan = Plan(new SchemaExtension(Schemas.Urn, [HireDateAttribute]) { TargetAttributes = new Dictionary<string, string> { [attribute] = target } });

        InboundProvisioningException fault = Assert.Single(plan.Faults);
        Assert.Equal(errorId, fault.ErrorId);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Equal((SchemaChangeStatus.Added, null), (plan.Results[0].Status, plan.Results[0].MappingStatus));
    }

    [Fact]
    public void Force_gives_a_mapped_target_attribute_another_source_and_keeps_the_rest_of_the_mapping()
    {
        SchemaExtensionPlan plan = Plan(new SchemaExtension(Schemas.Urn, [HireDateAttribute]) { Force = true, TargetAttributes = new Dictionary<string, string> { ["HireDate"] = "jobTitle" } });

        Assert.Equal(SchemaChangeStatus.Changed, plan.Results[0].MappingStatus);
        using JsonDocument after = JsonDocument.Parse(plan.Schema.ToBytes());
        JsonElement mapping = after.RootElement.GetProperty("synchronizationRules")[1].GetProperty("objectMappings")[0].GetProperty("attributeMappings")[1];
        Assert.Equal("[" + Schemas.Urn + ":HireDate]", mapping.GetProperty("source").GetProperty("expression").GetString());
        Assert.Equal(("none", "ObjectAddOnly"), (mapping.GetProperty("defaultValue").GetString(), mapping.GetProperty("flowType").GetString()));
    }

    [Fact]
    public void Several_inbound_rules_are_a_fault_that_lists_them_until_one_is_named()
    {
        ProvisioningSchema schema = Schemas.Parse(Schemas.Small.Replace(
            "\"synchronizationRules\": [",
            "\"synchronizationRules\": [{ \"name\": \"Contractors\", \"sourceDirectoryName\": \"API\", \"targetDirectoryName\": \"Azure Active Directory\", \"objectMappings\": [{ \"sourceObjectName\": \"User\", \"targetObjectName\": \"User\", \"attributeMappings\": [] }] },",
            StringComparison.Ordinal));
        var extension = new SchemaExtension(Schemas.Urn, [HireDateAttribute]);

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => extension.Plan(schema));

        Assert.Equal("SeveralInboundRules", fault.ErrorId);
        Assert.Contains("'Contractors' (API to Azure Active Directory), 'Inbound' (API to Azure Active Directory)", fault.Message, StringComparison.Ordinal);
        Assert.Equal("Inbound", (extension with { RuleName = "inbound" }).Plan(schema).RuleName);
    }

    [Fact]
    public void A_schema_without_an_inbound_rule_is_a_fault_that_lists_its_rules()
    {
        ProvisioningSchema schema = Schemas.Parse(Schemas.Small.Replace("\"sourceDirectoryName\": \"API\"", "\"sourceDirectoryName\": \"None\"", StringComparison.Ordinal));

        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => new SchemaExtension(Schemas.Urn, [HireDateAttribute]).Plan(schema));

        Assert.Equal("InboundRuleNotFound", fault.ErrorId);
        Assert.Contains("'Inbound' (None to Azure Active Directory)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contoso:User")]
    [InlineData("urn:x:User")]
    [InlineData("urn:contoso:")]
    [InlineData("urn:contoso:1.0:User:")]
    [InlineData("urn:contoso:1.0 User")]
    [InlineData("urn:contoso:1.0:User#f")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User")]
    public void A_urn_that_cannot_be_stops_it(string urn) => Assert.Equal(
        "InvalidSchemaUrn",
        Assert.Throws<InboundProvisioningException>(() => new SchemaExtension(urn, [HireDateAttribute]).Plan(Schemas.Parse(Schemas.Small))).ErrorId);

    [Fact]
    public void An_empty_list_of_attributes_takes_several()
    {
        ProvisioningSchema schema = Schemas.Parse(
            """{"synchronizationRules":[{"name":"r","sourceDirectoryName":"API","targetDirectoryName":"AD","objectMappings":[{"sourceObjectName":"User","targetObjectName":"user"}]}],"directories":[{"name":"API","objects":[{"name":"User","attributes":[ ]}]}]}""");

        string after = new SchemaExtension("urn:contoso:User", [new("A"), new("B")]).Plan(schema).Schema.ToString();

        using JsonDocument document = JsonDocument.Parse(after);
        Assert.Equal(
            ["urn:contoso:User:A", "urn:contoso:User:B"],
            document.RootElement.GetProperty("directories")[0].GetProperty("objects")[0].GetProperty("attributes").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
    }

    private static SchemaExtensionPlan Plan(SchemaExtension extension) => extension.Plan(Schemas.Parse(Schemas.Small));

    private static void ExpectAdded(GeneratedSchema schema, string which)
    {
        SchemaExtensionPlan plan = new SchemaExtension(Schemas.Urn, [HireDateAttribute]).Plan(Schemas.Parse(schema.Before));

        Assert.True(plan.HasChanges, which);
        Assert.True(Encoding.UTF8.GetBytes(schema.After).AsSpan().SequenceEqual(plan.Schema.ToBytes()), which);
    }
}
