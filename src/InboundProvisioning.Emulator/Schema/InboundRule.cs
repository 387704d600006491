using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>What a job does with users from the API: the enabled mapping of source <c>User</c> to target <c>User</c> in its schema.</summary>
internal sealed class InboundRule
{
    /// <summary>
    /// The admin center's switch "Flow null values" on an attribute mapping. Neither the v1.0 nor the beta metadata has a property for it
    /// (https://learn.microsoft.com/graph/api/resources/synchronization-attributemapping), and no page names one. The emulator takes the name that
    /// the switch of the same words has on the source attribute.
    /// </summary>
    private const string MappingFlowNullValues = "flowNullValues";

    private InboundRule(JsonElement sourceObject, JsonElement targetObject, JsonElement mapping)
    {
        foreach (JsonElement attribute in SchemaJson.Items(sourceObject, "attributes"))
        {
            SourceAttributes[SchemaJson.Text(attribute, "name")!] = new(
                SchemaJson.Text(attribute, "type") ?? "String",
                SchemaJson.IsTrue(attribute, "multivalued"),
                SchemaJson.IsTrue(attribute, "flowNullValues"));
        }

        foreach (JsonElement attribute in SchemaJson.Items(targetObject, "attributes").Where(attribute => SchemaJson.IsTrue(attribute, "multivalued")))
        {
            MultivaluedTargets.Add(SchemaJson.Text(attribute, "name")!);
        }

        string flowTypes = SchemaJson.Text(mapping, "flowTypes") ?? "Add, Update, Delete";
        Creates = flowTypes.Contains("Add", StringComparison.OrdinalIgnoreCase);
        Updates = flowTypes.Contains("Update", StringComparison.OrdinalIgnoreCase);
        Flows = [.. SchemaJson.Items(mapping, "attributeMappings").Select(Flow).OfType<AttributeFlow>()];
    }

    public Dictionary<string, SourceAttribute> SourceAttributes { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The target attributes that can have several values.</summary>
    public HashSet<string> MultivaluedTargets { get; } = new(StringComparer.OrdinalIgnoreCase);

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
            JsonElement mapping = SchemaJson.Items(rule, "objectMappings").FirstOrDefault(mapping =>
                SchemaJson.IsTrue(mapping, "enabled") && SchemaJson.Text(mapping, "sourceObjectName") == "User");
            if (mapping.ValueKind == JsonValueKind.Object)
            {
                return new InboundRule(
                    Definition(schema, SchemaJson.Text(rule, "sourceDirectoryName"), "User"),
                    Definition(schema, SchemaJson.Text(rule, "targetDirectoryName"), SchemaJson.Text(mapping, "targetObjectName")),
                    mapping);
            }
        }

        return null;
    }

    /// <summary>An object of a directory, both by name; default when there is none.</summary>
    private static JsonElement Definition(JsonElement schema, string? directory, string? name) =>
        SchemaJson.Items(schema, "directories")
            .Where(one => SchemaJson.Text(one, "name") == directory)
            .SelectMany(one => SchemaJson.Items(one, "objects"))
            .FirstOrDefault(definition => SchemaJson.Text(definition, "name") == name);

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
                SchemaJson.Text(mapping, "flowType") == "ObjectAddOnly",
                SchemaJson.IsTrue(mapping, MappingFlowNullValues));
    }
}
