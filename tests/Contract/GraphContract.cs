using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;

namespace InboundProvisioning.Contract;

/// <summary>
/// What Microsoft Graph's published metadata says of a value: the names and types of its properties, the members of its enums. Test projects link
/// this file and GraphContract.txt beside it, to hold answers of the emulator and requests of the module against the same facts.
/// </summary>
public sealed class GraphContract
{
    private static readonly Lazy<GraphContract> Published = new(Load);

    private readonly Dictionary<string, ContractType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _enums = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    private GraphContract()
    {
    }

    /// <summary>The published metadata.</summary>
    public static GraphContract Default => Published.Value;

    /// <summary>Where a value departs from a type, as path and fault; nothing when it does not.</summary>
    /// <param name="value">A value that was sent or answered.</param>
    /// <param name="type">The name of a type, an enum or an action; in brackets for a collection.</param>
    /// <param name="whole">Whether every property must be there, as in an answer without <c>$select</c>.</param>
    public IReadOnlyList<string> Check(JsonElement value, string type, bool whole = false)
    {
        var faults = new List<string>();
        Check(value, type, "$", whole, faults);
        return faults;
    }

    /// <summary>The same for JSON text.</summary>
    public IReadOnlyList<string> Check(string json, string type, bool whole = false)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Check(document.RootElement, type, whole);
    }

    private static GraphContract Load()
    {
        var contract = new GraphContract();
        Stream facts = typeof(GraphContract).Assembly.GetManifestResourceStream("GraphContract.txt")
            ?? throw new InvalidOperationException("The test project must embed GraphContract.txt under this name.");
        using var reader = new StreamReader(facts);
        ContractType? current = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("    ", StringComparison.Ordinal))
            {
                string[] parts = line.Trim().Split(' ');
                current!.Own.Add(parts[0], parts[1]);
                continue;
            }

            string[] words = line.Split(' ', 2);
            switch (words[0])
            {
                case "type" or "action":
                    string[] head = words[1].Replace(" (open)", "", StringComparison.Ordinal).Split(" : ");
                    current = new ContractType(head.ElementAtOrDefault(1), words[1].EndsWith("(open)", StringComparison.Ordinal));
                    contract._types.Add(head[0], current);
                    break;
                case "enum" or "flags":
                    string[] halves = words[1].Split(": ");
                    contract._enums.Add(halves[0], halves[1].Split(", "));
                    if (words[0] == "flags")
                    {
                        contract._flags.Add(halves[0]);
                    }

                    break;
            }
        }

        return contract;
    }

    private void Check(JsonElement value, string type, string path, bool whole, List<string> faults)
    {
        bool required = type.EndsWith('!');
        type = type.TrimEnd('!');
        if (type == "any")
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            if (required)
            {
                faults.Add($"{path} is null.");
            }

            return;
        }

        if (type.StartsWith('['))
        {
            CheckCollection(value, type[1..^1], path, whole, faults);
        }
        else if (_types.TryGetValue(type, out ContractType? described))
        {
            CheckObject(value, type, described, path, whole, faults);
        }
        else if (!(_enums.TryGetValue(type, out string[]? members) ? IsMember(value, type, members) : IsPrimitive(value, type)))
        {
            faults.Add($"{path} is {value.GetRawText()}, which is no {type}.");
        }
    }

    private void CheckCollection(JsonElement value, string type, string path, bool whole, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add($"{path} is no collection of {type}.");
            return;
        }

        int i = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            Check(item, type, $"{path}[{i++}]", whole, faults);
        }
    }

    private void CheckObject(JsonElement value, string type, ContractType described, string path, bool whole, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{path} is no {type}.");
            return;
        }

        Dictionary<string, string> properties = PropertiesOf(described);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject().Where(property => !property.Name.Contains('@', StringComparison.Ordinal)))
        {
            if (!found.Add(property.Name))
            {
                faults.Add($"{path}.{property.Name} is there more than once.");
            }
            else if (properties.TryGetValue(property.Name, out string? propertyType))
            {
                Check(property.Value, propertyType, $"{path}.{property.Name}", whole, faults);
            }
            else if (!IsOpen(described))
            {
                faults.Add($"{path}.{property.Name}: {type} has no such property.");
            }
        }

        if (whole)
        {
            faults.AddRange(properties.Keys.Where(name => !found.Contains(name)).Select(name => $"{path}.{name} is missing."));
        }
    }

    private Dictionary<string, string> PropertiesOf(ContractType type)
    {
        var all = new Dictionary<string, string>(type.Own, StringComparer.Ordinal);
        for (ContractType? one = BaseOf(type); one is not null; one = BaseOf(one))
        {
            foreach ((string name, string propertyType) in one.Own)
            {
                all.TryAdd(name, propertyType);
            }
        }

        return all;
    }

    private bool IsOpen(ContractType type) => type.Open || (BaseOf(type) is { } parent && IsOpen(parent));

    private ContractType? BaseOf(ContractType type) => type.Base is null ? null : _types[type.Base];

    private bool IsMember(JsonElement value, string type, string[] members) =>
        value.ValueKind == JsonValueKind.String
        && (_flags.Contains(type) ? value.GetString()!.Split(',', StringSplitOptions.TrimEntries) : [value.GetString()!]).All(members.Contains);

    private static bool IsPrimitive(JsonElement value, string type) => type switch
    {
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "int32" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "int64" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => value.ValueKind == JsonValueKind.String && IsText(value, type),
    };

    private static bool IsText(JsonElement value, string type) => type switch
    {
        "string" => true,
        "guid" => value.TryGetGuid(out _),
        "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "dateTimeOffset" => value.TryGetDateTimeOffset(out _) && value.GetString() is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _],
        "duration" => IsDuration(value.GetString()!),
        _ => throw new InvalidOperationException($"The contract has no type '{type}'."),
    };

    private static bool IsDuration(string text)
    {
        try
        {
            XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return false;
        }
    }

    private sealed record ContractType(string? Base, bool Open)
    {
        public Dictionary<string, string> Own { get; } = new(StringComparer.Ordinal);
    }
}
