using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>What is wrong with a schema that somebody puts. Properties that the metadata does not know are let through.</summary>
internal static class SchemaCheck
{
    private static readonly string[] Ends = ["sourceDirectoryName", "targetDirectoryName"];

    /// <returns>The first fault, with where it is, or null.</returns>
    public static string? FaultOf(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object
            ? "The body must be a synchronizationSchema object."
            : FaultOfValue(schema, "synchronizationSchema", "") ?? FaultOfNames(schema);

    private static string? FaultOfValue(JsonElement value, string type, string path)
    {
        bool nullable = !type.StartsWith('!');
        type = type.TrimStart('!');
        if (value.ValueKind == JsonValueKind.Null)
        {
            return nullable ? null : $"'{path}' must not be null.";
        }

        if (type.StartsWith('['))
        {
            return value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().Select((element, i) => FaultOfValue(element, type[1..^1], $"{path}[{i}]")).FirstOrDefault(fault => fault is not null)
                : $"'{path}' must be a collection.";
        }

        if (SchemaTypes.Enums.TryGetValue(type, out string[]? members))
        {
            return FaultOfEnum(value, type, members, path);
        }

        if (SchemaTypes.Properties.TryGetValue(type, out FrozenDictionary<string, string>? properties))
        {
            return value.ValueKind == JsonValueKind.Object
                ? value.EnumerateObject()
                    .Where(property => properties.ContainsKey(property.Name))
                    .Select(property => FaultOfValue(property.Value, properties[property.Name], path.Length == 0 ? property.Name : $"{path}.{property.Name}"))
                    .FirstOrDefault(fault => fault is not null)
                : $"'{path}' must be an object of type 'microsoft.graph.{type}'.";
        }

        bool right = type switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
            _ => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _),
        };
        return right ? null : $"Cannot convert the value of '{path}' to the expected type '{type}'.";
    }

    /// <summary>
    /// In any case: the example of https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-update writes <c>"string"</c>.
    /// </summary>
    private static string? FaultOfEnum(JsonElement value, string type, string[] members, string path)
    {
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        string[] given = text is null ? [] : SchemaTypes.Flags.Contains(type) ? text.Split(',', StringSplitOptions.TrimEntries) : [text];
        return given.Length > 0 && given.All(member => members.Contains(member, StringComparer.OrdinalIgnoreCase))
            ? null
            : $"Requested value '{(text is null ? value.GetRawText() : text)}' was not found for '{path}': it must be one of {string.Join(", ", members)}.";
    }

    private static string? FaultOfNames(JsonElement schema)
    {
        var directories = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement directory in SchemaJson.Items(schema, "directories"))
        {
            string name = SchemaJson.Text(directory, "name") ?? "";
            if (!directories.Add(name))
            {
                return $"The directory '{name}' is there more than once.";
            }

            foreach (JsonElement definition in SchemaJson.Items(directory, "objects"))
            {
                string? twice = SchemaJson.Items(definition, "attributes")
                    .Select(attribute => SchemaJson.Text(attribute, "name"))
                    .GroupBy(attribute => attribute, StringComparer.OrdinalIgnoreCase)
                    .FirstOrDefault(group => group.Key is null || group.Skip(1).Any()) is { } group ? group.Key ?? "" : null;
                if (twice is not null)
                {
                    return twice.Length == 0
                        ? $"An attribute of object '{SchemaJson.Text(definition, "name")}' of directory '{name}' has no name."
                        : $"The attribute '{twice}' of object '{SchemaJson.Text(definition, "name")}' of directory '{name}' is there more than once.";
                }
            }
        }

        return SchemaJson.Items(schema, "synchronizationRules")
            .SelectMany(_ => Ends, (rule, end) => (
                Rule: SchemaJson.Text(rule, "name"), End: end, Directory: SchemaJson.Text(rule, end)))
            .Where(end => end.Directory is null || !directories.Contains(end.Directory))
            .Select(end => $"The rule '{end.Rule}' names '{end.Directory}' as {end.End}, and there is no such directory.")
            .FirstOrDefault();
    }
}
