using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.Schema;

/// <summary>
/// A document of a job's mappings in Markdown, for auditors: rules, who is in scope, how records are matched, what flows where
/// and when, and the custom attributes. It holds no data of people.
/// </summary>
public sealed class SchemaReport
{
    private readonly StringBuilder _document = new();
    private readonly SchemaText _text;

    private SchemaReport(SchemaText text) => _text = text;

    /// <summary>Writes the document.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="job">The job that it is of.</param>
    /// <param name="time">When the schema was read.</param>
    public static string Write(ProvisioningSchema schema, ProvisioningJobAddress job, DateTimeOffset time)
    {
        var report = new SchemaReport(schema.Text);
        report.WriteJob(job, time);
        foreach (SchemaNode rule in report._text.Items(report._text.Root, "synchronizationRules").OrderBy(report.Priority))
        {
            report.WriteRule(rule);
        }

        return report._document.ToString();
    }

    private void WriteJob(ProvisioningJobAddress job, DateTimeOffset time)
    {
        Line("# Attribute mappings of a provisioning job");
        Line();
        Table("Property", "Value");
        Row("Job", MarkdownText.Code(job.JobId));
        Row("Service principal", MarkdownText.Code(job.ServicePrincipalId));
        Row("Schema", MarkdownText.Code(_text.Text(_text.Root, "id")));
        Row("Version of the schema", MarkdownText.Code(_text.Text(_text.Root, "version")));
        Row("Read at", time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
    }

    private void WriteRule(SchemaNode rule)
    {
        Line();
        Line($"## Rule {MarkdownText.Plain(_text.Text(rule, "name"))}: {MarkdownText.Plain(_text.Text(rule, "sourceDirectoryName"))} to {MarkdownText.Plain(_text.Text(rule, "targetDirectoryName"))}");
        Line();
        Table("Property", "Value");
        Row("Rule id", MarkdownText.Code(_text.Text(rule, "id")));
        Row("Priority", MarkdownText.Plain(Value(rule, "priority")));
        Row("Editable", MarkdownText.Plain(Value(rule, "editable")));
        foreach (SchemaNode mapping in _text.Items(rule, "objectMappings"))
        {
            WriteMapping(rule, mapping);
        }
    }

    private void WriteMapping(SchemaNode rule, SchemaNode mapping)
    {
        SchemaNode? source = Definition(_text.Text(rule, "sourceDirectoryName"), _text.Text(mapping, "sourceObjectName"));
        Line();
        Line($"### {MarkdownText.Plain(_text.Text(mapping, "sourceObjectName"))} to {MarkdownText.Plain(_text.Text(mapping, "targetObjectName"))}");
        Line();
        Table("Property", "Value");
        Row("Name", MarkdownText.Plain(_text.Text(mapping, "name")));
        Row("Enabled", MarkdownText.Plain(Value(mapping, "enabled")));
        Row("Actions", MarkdownText.Plain(_text.Text(mapping, "flowTypes")));
        WriteScope(mapping);

        List<SchemaNode> mappings = [.. _text.Items(mapping, "attributeMappings")];
        List<SchemaNode> matching = [.. mappings.Where(item => MatchingPriority(item) > 0).OrderBy(MatchingPriority)];
        Line();
        Line("#### Matching");
        Line();
        if (matching.Count == 0)
        {
            Line("No attribute matches records with existing objects.");
        }
        else
        {
            Line("A record is the object that has the same value, tried in this order.");
            Line();
            Table("Priority", "Target attribute", "Source");
            foreach (SchemaNode item in matching)
            {
                Row(MatchingPriority(item).ToString(CultureInfo.InvariantCulture), MarkdownText.Code(_text.Text(item, "targetAttributeName")), MarkdownText.Code(Expression(item)));
            }
        }

        WriteAttributes(mappings, source);
        WriteCustomAttributes(mappings, source);
    }

    // https://learn.microsoft.com/graph/api/resources/synchronization-filter: a group holds when all its clauses do, the filter
    // when one of its groups does.
    private void WriteScope(SchemaNode mapping)
    {
        Line();
        Line("#### Scope");
        Line();
        SchemaNode? scope = _text.Find(mapping, "scope");
        int written = 0;
        foreach ((string property, string words) in new[]
        {
            ("groups", "A record is in scope when all clauses of one group hold."),
            ("inputFilterGroups", "Of the input, a record is read when all clauses of one group hold."),
            ("categoryFilterGroups", "Of the categories, a record is read when all clauses of one group hold."),
        })
        {
            IReadOnlyList<SchemaNode> groups = scope is null ? [] : _text.Items(scope, property);
            if (groups.Count == 0)
            {
                continue;
            }

            if (written++ > 0)
            {
                Line();
            }

            Line(words);
            Line();
            Table("Group", "Attribute", "Operator", "Value");
            for (int i = 0; i < groups.Count; i++)
            {
                string name = _text.Text(groups[i], "name") is { Length: > 0 } given ? given : (i + 1).ToString(CultureInfo.InvariantCulture);
                foreach (SchemaNode clause in _text.Items(groups[i], "clauses"))
                {
                    IReadOnlyList<SchemaNode> values = _text.Find(clause, "targetOperand") is SchemaNode operand ? _text.Items(operand, "values") : [];
                    Row(
                        MarkdownText.Plain(name),
                        MarkdownText.Code(_text.Text(clause, "sourceOperandName")),
                        MarkdownText.Plain(_text.Text(clause, "operatorName")),
                        string.Join(", ", values.Select(value => MarkdownText.Code(_text.Text(value) ?? _text.Raw(value)))));
                }
            }
        }

        if (written == 0)
        {
            Line("No filter: every record is in scope.");
        }
    }

    private void WriteAttributes(List<SchemaNode> mappings, SchemaNode? source)
    {
        Line();
        Line("#### Attributes");
        Line();
        Table("Target attribute", "Source", "Type", "Applied", "Flows", "Default", "Null values flow");
        foreach (SchemaNode mapping in mappings)
        {
            Row(
                MarkdownText.Code(_text.Text(mapping, "targetAttributeName")),
                MarkdownText.Code(Expression(mapping)),
                Kind(mapping),
                Applied(_text.Text(mapping, "flowType")),
                Flows(_text.Text(mapping, "flowBehavior")),
                _text.Text(mapping, "defaultValue") is { Length: > 0 } value ? MarkdownText.Code(value) : string.Empty,
                NullFlow(mapping, source));
        }
    }

    private void WriteCustomAttributes(List<SchemaNode> mappings, SchemaNode? source)
    {
        List<SchemaNode> custom = source is null ? [] :
        [
            .. _text.Items(source, "attributes").Where(attribute => IsCustom(_text.Text(attribute, "name"))),
        ];
        Line();
        Line("#### Custom attributes of the source");
        Line();
        if (custom.Count == 0)
        {
            Line("None.");
            return;
        }

        Table("Attribute", "Type", "Several values", "Null values flow", "Mapped to");
        foreach (SchemaNode attribute in custom)
        {
            string name = _text.Text(attribute, "name")!;
            IEnumerable<string> targets = mappings
                .Where(mapping => Sources(mapping).Contains(name, StringComparer.OrdinalIgnoreCase))
                .Select(mapping => MarkdownText.Code(_text.Text(mapping, "targetAttributeName")));
            Row(
                MarkdownText.Code(name),
                MarkdownText.Plain(_text.Text(attribute, "type")),
                Yes(_text.IsTrue(attribute, "multivalued")),
                Yes(_text.IsTrue(attribute, "flowNullValues")),
                string.Join(", ", targets));
        }
    }

    // SCIM's own schemas begin with this, RFC 7643 section 10.3; what comes after tells core and enterprise.
    private static bool IsCustom(string? name) => name is not null
        && name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("urn:ietf:params:scim:schemas:core:", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("urn:ietf:params:scim:schemas:extension:enterprise:", StringComparison.OrdinalIgnoreCase);

    private string NullFlow(SchemaNode mapping, SchemaNode? source)
    {
        List<bool> flows =
        [
            .. Sources(mapping)
                .Select(name => source is null ? null : _text.Items(source, "attributes").LastOrDefault(attribute => _text.Text(attribute, "name") == name))
                .OfType<SchemaNode>()
                .Select(attribute => _text.IsTrue(attribute, "flowNullValues"))
                .Distinct(),
        ];
        return flows.Count switch
        {
            0 => string.Empty,
            1 => Yes(flows[0]),
            _ => "of some",
        };
    }

    // The attributes that an expression reads: the source itself, and those of a function's parameters at any depth.
    private List<string> Sources(SchemaNode mapping)
    {
        var names = new List<string>();
        var open = new Stack<SchemaNode>();
        if (_text.Find(mapping, "source") is SchemaNode source)
        {
            open.Push(source);
        }

        while (open.Count > 0)
        {
            SchemaNode node = open.Pop();
            if (_text.Text(node, "type") == "Attribute" && _text.Text(node, "name") is string name)
            {
                names.Add(name);
            }

            foreach (SchemaNode parameter in _text.Items(node, "parameters"))
            {
                if (_text.Find(parameter, "value") is { Kind: System.Text.Json.JsonTokenType.StartObject } value)
                {
                    open.Push(value);
                }
            }
        }

        return names;
    }

    private string Expression(SchemaNode mapping) => _text.Find(mapping, "source") is not SchemaNode source ? string.Empty
        : _text.Text(source, "expression") is { Length: > 0 } expression ? expression
        : _text.Text(source, "name") ?? string.Empty;

    private string Kind(SchemaNode mapping) => (_text.Find(mapping, "source") is SchemaNode source ? _text.Text(source, "type") : null) switch
    {
        "Attribute" => "Direct",
        "Constant" => "Constant",
        "Function" => "Expression",
        null => "None",
        { } other => MarkdownText.Plain(other),
    };

    private static string Applied(string? flowType) => flowType switch
    {
        "Always" => "Always",
        "ObjectAddOnly" => "Only when the object is created",
        "MultiValueAddOnly" => "Only to add values",
        "ValueAddOnly" => "Never to remove a value",
        "AttributeAddOnly" => "Only while the attribute is empty",
        _ => MarkdownText.Plain(flowType),
    };

    private static string Flows(string? flowBehavior) => flowBehavior switch
    {
        "FlowWhenChanged" => "When changed",
        "FlowAlways" => "In every cycle",
        _ => MarkdownText.Plain(flowBehavior),
    };

    private SchemaNode? Definition(string? directory, string? name) => _text.Items(_text.Root, "directories")
        .Where(item => _text.Text(item, "name") == directory)
        .SelectMany(item => _text.Items(item, "objects"))
        .LastOrDefault(item => string.Equals(_text.Text(item, "name"), name, StringComparison.OrdinalIgnoreCase));

    private long Priority(SchemaNode rule) => Number(rule, "priority");

    private long MatchingPriority(SchemaNode mapping) => Number(mapping, "matchingPriority");

    private long Number(SchemaNode node, string property) =>
        long.TryParse(Value(node, property), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private string Value(SchemaNode node, string property) => _text.Find(node, property) is SchemaNode value ? _text.Text(value) ?? _text.Raw(value) : string.Empty;

    private static string Yes(bool value) => value ? "Yes" : "No";

    private void Table(params string[] headers)
    {
        Row(headers);
        Row([.. headers.Select(static _ => "---")]);
    }

    private void Row(params string[] cells) => Line("| " + string.Join(" | ", cells) + " |");

    private void Line(string text = "") => _document.Append(text).Append('\n');
}
