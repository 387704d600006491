using System.Collections.Generic;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Schema;

/// <summary>Reads a schema as it came. What is not there, or null, is nothing.</summary>
internal static class SchemaJson
{
    public static IEnumerable<JsonElement> Items(JsonElement owner, string name)
    {
        if (owner.ValueKind == JsonValueKind.Object
            && owner.TryGetProperty(name, out JsonElement items)
            && items.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in items.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object)
                {
                    yield return item;
                }
            }
        }
    }

    public static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool IsTrue(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;
}
