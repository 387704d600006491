using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Schema;

/// <summary>Custom attributes under a URN, and where they flow to: what <c>Set-ProvisioningSchemaExtension</c> has a schema changed to.</summary>
/// <param name="Urn">The URN of the extension.</param>
/// <param name="Attributes">The attributes.</param>
public sealed record SchemaExtension(string Urn, IReadOnlyList<SchemaAttribute> Attributes)
{
    /// <summary>The attribute of the target directory for each attribute that is to flow there directly, by its name below the URN.</summary>
    public IReadOnlyDictionary<string, string> TargetAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The name or id of the inbound rule, or null for the only one.</summary>
    public string? RuleName { get; init; }

    /// <summary>Changes what exists and differs, instead of reporting a fault.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Works out the changed schema. What cannot be done for one attribute is a fault of that attribute; the others go on.
    /// </summary>
    /// <param name="schema">The schema of the job.</param>
    /// <exception cref="InboundProvisioningException">
    /// <c>InvalidSchemaUrn</c>, <c>InboundRuleNotFound</c>, <c>SeveralInboundRules</c>, <c>SchemaIncomplete</c>.
    /// </exception>
    public SchemaExtensionPlan Plan(ProvisioningSchema schema)
    {
        ScimName.RequireUrn(Urn);
        return new Planner(this, schema.Text).Plan();
    }

    private sealed class Planner(SchemaExtension extension, SchemaText text)
    {
        private readonly InboundMapping _inbound = new InboundMappingFinder(text).Find(extension.RuleName);
        private readonly SchemaEdits _edits = new(text);
        private readonly List<SchemaExtensionResult> _results = [];
        private readonly List<InboundProvisioningException> _faults = [];
        private readonly Dictionary<string, string> _mapped = new(StringComparer.OrdinalIgnoreCase);

        public SchemaExtensionPlan Plan()
        {
            SchemaNode definitions = RequireArray(_inbound.SourceObject, "attributes", $"object 'User' of the directory '{_inbound.SourceDirectory}'");
            Dictionary<string, SchemaNode> present = ByName(definitions, StringComparer.Ordinal);
            Dictionary<string, SchemaNode> presentInAnyCase = ByName(definitions, StringComparer.OrdinalIgnoreCase);
            foreach (SchemaAttribute attribute in Distinct().Select(AsItsTargetTakes))
            {
                string name = ScimName.Qualify(extension.Urn, attribute.Name);
                SchemaExtensionResult? result = present.TryGetValue(name, out SchemaNode? definition)
                    ? Change(attribute, name, definition)
                    : presentInAnyCase.TryGetValue(name, out SchemaNode? other)
                        ? Fail(attribute, "AttributeCaseDiffers", FaultKind.AlreadyExists, $"{name} differs from the attribute {text.Text(other, "name")}, which the schema has, by case alone, which SCIM does not tell apart. Use the name that is there.")
                        : Add(attribute, name, definitions);
                if (result is not null)
                {
                    _results.Add(Map(attribute, result));
                }
            }

            foreach (string attribute in extension.TargetAttributes.Keys.Where(IsNotAmongAttributes))
            {
                _faults.Add(new InboundProvisioningException(
                    "TargetAttributeUnused",
                    FaultKind.InvalidArgument,
                    $"-TargetAttribute has an entry '{attribute}', which is none of the attributes to add. Give the attribute too, or correct the entry's name.",
                    attribute));
            }

            bool changes = _edits.Any;
            _edits.RemoveContext();
            return new SchemaExtensionPlan(new ProvisioningSchema(_edits.Apply()), changes, _results, _faults, _inbound.RuleName, _inbound.SourceDirectory);
        }

        private bool IsNotAmongAttributes(string name) =>
            !extension.Attributes.Any(attribute => string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase));

        // Digits that flow into a text, such as employeeId, identify something: seen in the data as numbers, they are texts all the same.
        private SchemaAttribute AsItsTargetTakes(SchemaAttribute attribute) =>
            attribute is { Type: SchemaAttributeType.Integer, Seen: string seen }
            && Wanted(attribute) is string target
            && _inbound.TargetObject is SchemaNode targets
            && text.Items(targets, "attributes").Any(item => string.Equals(text.Text(item, "name"), target, StringComparison.OrdinalIgnoreCase)
                && string.Equals(text.Text(item, "type"), nameof(SchemaAttributeType.String), StringComparison.OrdinalIgnoreCase))
                ? attribute with { Type = SchemaAttributeType.String, Seen = $"{seen}; it goes to the text {target}, so String" }
                : attribute;

        private string? Wanted(SchemaAttribute attribute) => extension.TargetAttributes
            .Where(entry => string.Equals(entry.Key, attribute.Name, StringComparison.OrdinalIgnoreCase))
            .Select(static entry => entry.Value)
            .FirstOrDefault();

        // The names that are allowed, each once.
        private IEnumerable<SchemaAttribute> Distinct()
        {
            var seen = new Dictionary<string, SchemaAttribute>(StringComparer.OrdinalIgnoreCase);
            foreach (SchemaAttribute attribute in extension.Attributes)
            {
                if (!ScimName.IsAttributeName(attribute.Name))
                {
                    Fail(attribute, "InvalidAttributeName", FaultKind.InvalidArgument, ExtensionNames.Refusal([attribute.Name]));
                }
                else if (!seen.TryGetValue(attribute.Name, out SchemaAttribute? first))
                {
                    seen.Add(attribute.Name, attribute);
                    yield return attribute;
                }
                else if (first with { Seen = attribute.Seen } != attribute)
                {
                    Fail(attribute, "RepeatedAttribute", FaultKind.InvalidArgument, $"The attribute '{attribute.Name}' is given twice, and not the same. SCIM does not tell names apart by case. The first one is used.");
                }
            }
        }

        private SchemaExtensionResult Add(SchemaAttribute attribute, string name, SchemaNode definitions)
        {
            SchemaAttributeType type = attribute.Type ?? SchemaAttributeType.String;
            bool multiValued = attribute.MultiValued ?? false;
            bool flowNullValues = attribute.FlowNullValues ?? false;
            _edits.Append(definitions, SchemaJson.AttributeDefinition(name, type, multiValued, flowNullValues));
            return new SchemaExtensionResult
            {
                Name = name,
                Attribute = attribute.Name,
                Type = type.ToString(),
                MultiValued = multiValued,
                FlowNullValues = flowNullValues,
                Status = SchemaChangeStatus.Added,
                Seen = attribute.Seen,
            };
        }

        private SchemaExtensionResult? Change(SchemaAttribute attribute, string name, SchemaNode definition)
        {
            string type = text.Text(definition, "type") ?? nameof(SchemaAttributeType.String);
            bool multiValued = text.IsTrue(definition, "multivalued");
            bool flowNullValues = text.IsTrue(definition, "flowNullValues");
            List<string> differences = [];
            string? newType = attribute.Type is SchemaAttributeType wanted && !string.Equals(wanted.ToString(), type, StringComparison.OrdinalIgnoreCase)
                ? wanted.ToString()
                : null;
            if (newType is not null)
            {
                differences.Add($"the type {type}, not {newType}");
            }

            if (attribute.MultiValued is bool several && several != multiValued)
            {
                differences.Add(multiValued ? "several values" : "a single value");
            }

            if (attribute.FlowNullValues is bool flows && flows != flowNullValues)
            {
                differences.Add(flowNullValues ? "null values that flow" : "null values that do not flow");
            }

            if (differences.Count > 0 && !extension.Force)
            {
                string seen = attribute.Seen is null ? string.Empty : $" Seen in the data: {attribute.Seen}.";
                return Fail(
                    attribute,
                    "AttributeDiffers",
                    FaultKind.AlreadyExists,
                    $"The schema has {name} with {string.Join(" and ", differences)}.{seen} Nothing of it was changed; -Force changes it.");
            }

            if (newType is not null)
            {
                _edits.Set(definition, "type", SchemaJson.Text(newType));
            }

            if (attribute.MultiValued is bool newMultiValued && newMultiValued != multiValued)
            {
                _edits.Set(definition, "multivalued", SchemaJson.Boolean(newMultiValued));
            }

            if (attribute.FlowNullValues is bool newFlow && newFlow != flowNullValues)
            {
                _edits.Set(definition, "flowNullValues", SchemaJson.Boolean(newFlow));
            }

            return new SchemaExtensionResult
            {
                Name = name,
                Attribute = attribute.Name,
                Type = newType ?? type,
                MultiValued = attribute.MultiValued ?? multiValued,
                FlowNullValues = attribute.FlowNullValues ?? flowNullValues,
                Status = differences.Count > 0 ? SchemaChangeStatus.Changed : SchemaChangeStatus.Existing,
                PreviousType = newType is null ? null : type,
                Seen = attribute.Seen,
            };
        }

        private SchemaExtensionResult Map(SchemaAttribute attribute, SchemaExtensionResult result)
        {
            return Wanted(attribute) is not string wanted || TargetName(attribute, wanted) is not string target || MapTo(attribute, result.Name, target) is not SchemaChangeStatus status
                ? result
                : result with { TargetAttribute = target, MappingStatus = status };
        }

        // The name as the target directory spells it.
        private string? TargetName(SchemaAttribute attribute, string wanted)
        {
            List<string> names = _inbound.TargetObject is SchemaNode definition
                ? [.. text.Items(definition, "attributes").Select(item => text.Text(item, "name")).OfType<string>()]
                : [];
            if ((names.Find(name => name == wanted) ?? names.Find(name => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase))) is string found)
            {
                return found;
            }

            string nearest = NearestName.Find(wanted, names) is string near ? $" Did you mean '{near}'?" : string.Empty;
            Fail(attribute, "TargetAttributeUnknown", FaultKind.NotFound, $"The directory '{_inbound.TargetDirectory}' has no attribute '{wanted}', so {attribute.Name} is not mapped.{nearest}");
            return null;
        }

        private SchemaChangeStatus? MapTo(SchemaAttribute attribute, string source, string target)
        {
            SchemaNode mappings = RequireArray(_inbound.Mapping, "attributeMappings", $"rule '{_inbound.RuleName}'");
            if (_mapped.TryGetValue(target, out string? first))
            {
                Fail(attribute, "TargetAttributeMapped", FaultKind.AlreadyExists, $"-TargetAttribute names '{target}' for {first} and for {attribute.Name}: an attribute takes one source. {attribute.Name} is not mapped.");
                return null;
            }

            SchemaNode? mapping = mappings.Items.LastOrDefault(item => string.Equals(text.Text(item, "targetAttributeName"), target, StringComparison.OrdinalIgnoreCase));
            if (mapping is null)
            {
                _edits.Append(mappings, SchemaJson.AttributeMapping(source, target));
            }
            else
            {
                string expression = text.Find(mapping, "source") is SchemaNode node ? text.Text(node, "expression") ?? string.Empty : string.Empty;
                if (expression == SchemaJson.Expression(source))
                {
                    _mapped.Add(target, attribute.Name);
                    return SchemaChangeStatus.Existing;
                }

                if (!extension.Force)
                {
                    Fail(attribute, "TargetAttributeMapped", FaultKind.AlreadyExists, $"'{target}' is mapped already, from {(expression.Length > 0 ? expression : "a constant or nothing")}. {attribute.Name} is not mapped; -Force takes the place of that source.");
                    return null;
                }

                _edits.Set(mapping, "source", SchemaJson.MappingSource(source));
            }

            _mapped.Add(target, attribute.Name);
            return mapping is null ? SchemaChangeStatus.Added : SchemaChangeStatus.Changed;
        }

        private SchemaExtensionResult? Fail(SchemaAttribute attribute, string errorId, FaultKind kind, string message)
        {
            _faults.Add(new InboundProvisioningException(errorId, kind, message, attribute.Name));
            return null;
        }

        private Dictionary<string, SchemaNode> ByName(SchemaNode definitions, StringComparer comparer)
        {
            var names = new Dictionary<string, SchemaNode>(comparer);
            foreach (SchemaNode definition in definitions.Items)
            {
                if (text.Text(definition, "name") is string name)
                {
                    names[name] = definition;
                }
            }

            return names;
        }

        private SchemaNode RequireArray(SchemaNode node, string property, string place) =>
            text.Find(node, property) is { Kind: System.Text.Json.JsonTokenType.StartArray } array
                ? array
                : throw new InboundProvisioningException(
                    "SchemaIncomplete",
                    FaultKind.InvalidData,
                    $"The {place} of the job's schema has no list of {property}, so nothing can be added. Open the job's attribute mappings in the portal and save them once.",
                    property);
    }
}
