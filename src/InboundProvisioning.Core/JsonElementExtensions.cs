using System.Text.Json;

namespace InboundProvisioning;

/// <summary>Reads JSON of which nothing is taken for granted.</summary>
internal static class JsonElementExtensions
{
    /// <summary>A property that is text; null where it is missing or anything else. The element must be an object.</summary>
    public static string? Text(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
