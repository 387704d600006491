using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>
/// A user as it was uploaded, read by the attribute names of the synchronization schema: <c>userName</c>, <c>name.givenName</c>,
/// <c>emails[type eq "work"].value</c>, <c>urn:…:User:department</c>. Names are not case sensitive (RFC 7643 section 2.1).
/// </summary>
internal sealed partial class ScimUser(JsonElement data)
{
    /// <summary>The id in the source system: the externalId.</summary>
    public string Id => Read("externalId").Values.FirstOrDefault("");

    /// <summary>What logs call the user.</summary>
    public string DisplayName => Read("displayName").Values.Concat(Read("userName").Values).FirstOrDefault("");

    public SourceValue Read(string name)
    {
        JsonElement owner = data;
        string path = name;
        if (name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            JsonProperty extension = data.EnumerateObject().FirstOrDefault(
                property => name.StartsWith($"{property.Name}:", StringComparison.OrdinalIgnoreCase));
            if (extension.Value.ValueKind != JsonValueKind.Object)
            {
                return new(SourcePresence.Missing, []);
            }

            owner = extension.Value;
            path = name[(extension.Name.Length + 1)..];
        }

        Match match = FilteredPath.Match(path);
        if (match.Success)
        {
            JsonElement element = Member(owner, match.Groups["attribute"].Value) is { ValueKind: JsonValueKind.Array } all
                ? all.EnumerateArray().FirstOrDefault(item => item.ValueKind == JsonValueKind.Object
                    && string.Equals(
                        Texts(Member(item, match.Groups["key"].Value)).FirstOrDefault(), match.Groups["value"].Value, StringComparison.OrdinalIgnoreCase))
                : default;
            return Last(element, match.Groups["part"].Value);
        }

        string[] parts = path.Split('.');
        foreach (string part in parts[..^1])
        {
            owner = Member(owner, part) ?? default;
        }

        return Last(owner, parts[^1]);
    }

    private static SourceValue Last(JsonElement owner, string name)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            return new(SourcePresence.Missing, []);
        }

        if (Member(owner, name) is not { } value)
        {
            return new(SourcePresence.Omitted, []);
        }

        string[] values = [.. Texts(value).Where(text => text.Length > 0)];
        return new(values.Length == 0 ? SourcePresence.Empty : SourcePresence.Given, values);
    }

    private static JsonElement? Member(JsonElement owner, string name)
    {
        if (owner.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in owner.EnumerateObject())
            {
                if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return property.Value;
                }
            }
        }

        return null;
    }

    /// <summary>A complex value stands for its <c>value</c>, as the manager's does.</summary>
    private static IEnumerable<string> Texts(JsonElement? given) => given is not { } value ? [] : value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.True => ["True"],
        JsonValueKind.False => ["False"],
        JsonValueKind.Number => [value.GetRawText()],
        JsonValueKind.Object => Texts(Member(value, "value")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Texts(item)),
        _ => [],
    };

    [GeneratedRegex("""^(?<attribute>\w+)\[(?<key>\w+) eq "(?<value>[^"]*)"\]\.(?<part>\w+)$""", RegexOptions.CultureInvariant)]
    private static partial Regex FilteredPath { get; }
}
