using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>The JSON object that a call brings.</summary>
internal static class RequestJson
{
    public static async Task<(JsonElement Body, GraphError? Fault)> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        try
        {
            JsonElement read = JsonElement.Parse(body.ToArray());
            return read.ValueKind == JsonValueKind.Object ? (read, null) : (default, GraphError.BadRequest("The body must be a JSON object."));
        }
        catch (JsonException fault)
        {
            return (default, GraphError.BadRequest($"Unable to read JSON request payload. {fault.Message}"));
        }
    }

    /// <summary>The text of a member, or null where there is none.</summary>
    public static string? Text(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
