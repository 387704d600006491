using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>What a job does with users from the API: the enabled mapping of source <c>User</c> to target <c>User</c> in its schema.</summary>
internal sealed class InboundRule
{
    private InboundRule(JsonElement sourceObject, JsonElement mapping)
    {
        foreach (JsonElement attribute in SchemaJson.Items(sourceObject, "attributes"))
        {
            SourceAttributes[SchemaJson.Text(attribute, "name")!] = new(
                SchemaJson.Text(attribute, "type") ?? "String",
                SchemaJson.IsTrue(attribute, "multivalued"),
                SchemaJson.IsTrue(attribute, "flowNullValues"));
        }

        string flowTypes = SchemaJson.Text(mapping, "flowTypes") ?? "Add, Update, Delete";
        Creates = flowTypes.Contains("Add", StringComparison.OrdinalIgnoreCase);
        Updates = flowTypes.Contains("Update", StringComparison.OrdinalIgnoreCase);
        Flows = [.. SchemaJson.Items(mapping, "attributeMappings").Select(Flow).OfType<AttributeFlow>()];
    }

    public Dictionary<string, SourceAttribute> SourceAttributes { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<AttributeFlow> Flows { get; }

    public bool Creates { get; }

    public bool Updates { get; }

    /// <summary>The mapping by which a user is found, or null.</summary>
    public AttributeFlow? Matching => Flows.Where(flow => flow.MatchingPriority > 0).MinBy(flow => flow.MatchingPriority);

    /// <summary>The rule of a schema, or null when it has none for users.</summary>
    public static InboundRule? Of(JsonElement schema)
    {
        foreach (JsonElement rule in SchemaJson.Items(schema, "synchronizationRules"))
        {
            string? source = SchemaJson.Text(rule, "sourceDirectoryName");
            JsonElement mapping = SchemaJson.Items(rule, "objectMappings").FirstOrDefault(mapping =>
                SchemaJson.IsTrue(mapping, "enabled") && SchemaJson.Text(mapping, "sourceObjectName") == "User");
            if (mapping.ValueKind == JsonValueKind.Object)
            {
                JsonElement user = SchemaJson.Items(schema, "directories")
                    .Where(directory => SchemaJson.Text(directory, "name") == source)
                    .SelectMany(directory => SchemaJson.Items(directory, "objects"))
                    .FirstOrDefault(definition => SchemaJson.Text(definition, "name") == "User");
                return new InboundRule(user, mapping);
            }
        }

        return null;
    }

    private static AttributeFlow? Flow(JsonElement mapping)
    {
        if (SchemaJson.Text(mapping, "targetAttributeName") is not { Length: > 0 } target
            || !mapping.TryGetProperty("source", out JsonElement source)
            || source.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string expression = SchemaJson.Text(source, "expression") ?? "";
        string? name = SchemaJson.Text(source, "name");
        FlowExpression? read = SchemaJson.Text(source, "type")?.ToUpperInvariant() switch
        {
            "CONSTANT" => FlowExpression.Constant(expression.Length > 0 ? expression.Trim('"') : name ?? ""),
            "FUNCTION" => FlowExpression.TryParse(expression),
            _ => expression.Length > 0 ? FlowExpression.TryParse(expression) : name is null ? null : FlowExpression.Attribute(name),
        };
        return read is null
            ? null
            : new AttributeFlow(
                target,
                read,
                SchemaJson.Text(mapping, "defaultValue"),
                mapping.TryGetProperty("matchingPriority", out JsonElement priority) && priority.ValueKind == JsonValueKind.Number ? priority.GetInt32() : 0,
                SchemaJson.Text(mapping, "flowType") == "ObjectAddOnly");
    }
}
