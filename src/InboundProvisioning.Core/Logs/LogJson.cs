using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace InboundProvisioning.Logs;

/// <summary>Reads what the service writes into logs as it comes: what is missing or of another type than documented is no fault.</summary>
internal static class LogJson
{
    /// <summary>A property as text: null where it is missing or null, JSON where it is no text.</summary>
    public static string? Text(JsonElement parent, string name) => Property(parent, name) is JsonElement value ? Text(value) : null;

    /// <summary>A property as a time, or null.</summary>
    public static DateTimeOffset? Time(JsonElement parent, string name) =>
        DateTimeOffset.TryParse(Text(parent, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    /// <summary>A property that is a whole number, or null.</summary>
    public static long? Number(JsonElement parent, string name) =>
        long.TryParse(Text(parent, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>A property that is an object, else an empty element, of which every property is null.</summary>
    public static JsonElement Object(JsonElement parent, string name) =>
        Property(parent, name) is { ValueKind: JsonValueKind.Object } value ? value : default;

    /// <summary>The objects of a property that is an array; none where it is not.</summary>
    public static IReadOnlyList<T> Items<T>(JsonElement parent, string name, Func<JsonElement, T> read)
    {
        if (Property(parent, name) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0)
        {
            return [];
        }

        var items = new List<T>(array.GetArrayLength());
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                items.Add(read(item));
            }
        }

        return items;
    }

    /// <summary>The properties of <c>details</c> (detailsInfo, an open type without documented properties), each as text.</summary>
    public static IReadOnlyDictionary<string, string?> Details(JsonElement parent)
    {
        var details = new Dictionary<string, string?>();
        if (Object(parent, "details") is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (JsonProperty property in given.EnumerateObject())
            {
                details[property.Name] = Text(property.Value);
            }
        }

        return details;
    }

    private static JsonElement? Property(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) ? value : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TextOf(value),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    };

    // Half a surrogate pair is legal in JSON and no text in .NET.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText().Trim('"');
        }
    }
}
