using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.Schema;

/// <summary>
/// What differs between two schemas, for people: a line each. Items of a list are told apart by their name, their target
/// attribute, their key or their id, so that one that is added is one line. White space, the order of properties and the way in
/// which a text or a list of flags is written are no difference: other programs write the same schema in their own way.
/// </summary>
internal sealed class SchemaDifference
{
    private const int MaxValueLength = 400;

    // Deeper than any schema; deeper still, a difference is shown whole.
    private const int MaxDepth = 100;

    private static readonly string[] Keys = ["name", "targetAttributeName", "key", "id"];

    // The properties whose type is an enumeration of flags in Graph's metadata (directoryDefinitionDiscoverabilities, objectFlowTypes):
    // "Add, Update, Delete", which Microsoft's SDK writes as "Add,Update,Delete".
    private static readonly string[] Flags = ["discoverabilities", "flowTypes"];

    private readonly SchemaText _before;
    private readonly SchemaText _after;
    private readonly List<string> _lines = [];

    private SchemaDifference(SchemaText before, SchemaText after)
    {
        _before = before;
        _after = after;
    }

    /// <summary>The lines: <c>+</c> what is added, <c>-</c> what is removed, <c>~</c> what is changed.</summary>
    public static IReadOnlyList<string> Between(SchemaText before, SchemaText after)
    {
        var difference = new SchemaDifference(before, after);
        difference.CompareObjects(before.Root, after.Root, string.Empty, isRoot: true, 0);
        return difference._lines;
    }

    private void Compare(SchemaNode before, SchemaNode after, string path, int depth)
    {
        if (_before.Span(before).SequenceEqual(_after.Span(after)))
        {
            return;
        }

        if (depth < MaxDepth && before.Kind == after.Kind && before.Kind == JsonTokenType.StartObject)
        {
            CompareObjects(before, after, path, isRoot: false, depth);
        }
        else if (depth < MaxDepth && before.Kind == after.Kind && before.Kind == JsonTokenType.StartArray)
        {
            CompareLists(before, after, path, depth);
        }
        else if (!IsSameText(_before.Text(before), _after.Text(after), path))
        {
            _lines.Add($"~ {path}: {Short(_before, before)} -> {Short(_after, after)}");
        }
    }

    private static bool IsSameText(string? before, string? after, string path) => before is not null && after is not null
        && (before == after || (Array.Exists(Flags, name => path.EndsWith("." + name, StringComparison.Ordinal)) && FlagsOf(before).SetEquals(FlagsOf(after))));

    private static HashSet<string> FlagsOf(string text) => [.. text.Split(',').Select(static flag => flag.Trim())];

    private void CompareObjects(SchemaNode before, SchemaNode after, string path, bool isRoot, int depth)
    {
        Dictionary<string, SchemaNode> old = Properties(_before, before);
        Dictionary<string, SchemaNode> now = Properties(_after, after);
        if (isRoot)
        {
            old.Remove("@odata.context");
            now.Remove("@odata.context");
        }

        CompareSets(old, now, name => path.Length == 0 ? name : path + "." + name, depth);
    }

    private void CompareLists(SchemaNode before, SchemaNode after, string path, int depth)
    {
        int count = _lines.Count;
        bool isSameOrder = true;
        if (ByKey(_before, before) is { } old && ByKey(_after, after) is { } now)
        {
            CompareSets(old, now, name => $"{path}[{name}]", depth);
            isSameOrder = old.Keys.SequenceEqual(now.Keys);
        }
        else
        {
            for (int i = 0; i < Math.Max(before.Items.Count, after.Items.Count); i++)
            {
                CompareItem(before.Items.ElementAtOrDefault(i), after.Items.ElementAtOrDefault(i), $"{path}[{i}]", depth);
            }
        }

        if (_lines.Count == count && !isSameOrder)
        {
            _lines.Add($"~ {path}: the order");
        }
    }

    private void CompareSets(Dictionary<string, SchemaNode> before, Dictionary<string, SchemaNode> after, Func<string, string> path, int depth)
    {
        foreach (string name in before.Keys.Union(after.Keys))
        {
            CompareItem(
                before.TryGetValue(name, out SchemaNode? old) ? old : null, after.TryGetValue(name, out SchemaNode? now) ? now : null, path(name), depth);
        }
    }

    private void CompareItem(SchemaNode? before, SchemaNode? after, string path, int depth)
    {
        if (before is null)
        {
            _lines.Add($"+ {path}: {Words(_after, after!, path)}");
        }
        else if (after is null)
        {
            _lines.Add($"- {path}: {Words(_before, before, path)}");
        }
        else
        {
            Compare(before, after, path, depth + 1);
        }
    }

    private static Dictionary<string, SchemaNode> Properties(SchemaText text, SchemaNode node)
    {
        var properties = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        foreach (SchemaProperty property in node.Properties)
        {
            properties[text.Name(property)] = property.Value;
        }

        return properties;
    }

    private static Dictionary<string, SchemaNode>? ByKey(SchemaText text, SchemaNode list)
    {
        foreach (string key in Keys)
        {
            var items = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
            foreach (SchemaNode item in list.Items)
            {
                if (text.Text(item, key) is not string name || items.ContainsKey(name))
                {
                    break;
                }

                items.Add(name, item);
            }

            if (items.Count == list.Items.Count)
            {
                return items;
            }
        }

        return null;
    }

    // What schemas are changed in as a rule is said in words; anything else is shown as it is written.
    private static string Words(SchemaText text, SchemaNode node, string path)
    {
        if (path.Contains(".attributeMappings[", StringComparison.Ordinal) && text.Find(node, "source") is SchemaNode source && text.Text(node, "targetAttributeName") is string target)
        {
            string from = text.Text(source, "type") == "Constant" ? $"the constant \"{text.Text(source, "expression")}\"" : text.Text(source, "expression") ?? text.Text(source, "name") ?? Short(text, source);
            string flow = text.Text(node, "flowType") is { } type && type != "Always" ? $", flow {type}" : string.Empty;
            string matching = text.Find(node, "matchingPriority") is { } priority && text.Raw(priority) is not ("0" or "null") ? $", matches accounts with priority {text.Raw(priority)}" : string.Empty;
            string standing = text.Find(node, "defaultValue") is { } value && text.Text(value) is { } words ? $", \"{words}\" where there is none" : string.Empty;
            return $"a mapping: {target} from {from}{flow}{matching}{standing}";
        }

        if (path.Contains(".attributes[", StringComparison.Ordinal) && text.Text(node, "name") is not null && text.Text(node, "type") is string kind)
        {
            string many = text.IsTrue(node, "multivalued") ? ", several values" : string.Empty;
            string required = text.IsTrue(node, "required") ? ", required" : string.Empty;
            string cleared = text.IsTrue(node, "flowNullValues") ? ", empty values clear it" : string.Empty;
            return $"an attribute of type {kind}{many}{required}{cleared}";
        }

        return Short(text, node);
    }

    private static string Short(SchemaText text, SchemaNode node)
    {
        string raw = text.Raw(node);
        string line = string.Join(" ", raw.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Trim()));
        return line.Length <= MaxValueLength ? line : new StringBuilder(line, 0, MaxValueLength, MaxValueLength + 3).Append("...").ToString();
    }
}
