using System;
using System.Text.Json;

namespace InboundProvisioning.Graph;

/// <summary>The body of an error of Microsoft Graph: https://learn.microsoft.com/graph/errors.</summary>
/// <param name="Code">The code, such as <c>InvalidAuthenticationToken</c>.</param>
/// <param name="Message">The service's words.</param>
/// <param name="RequestId">The request id in <c>innerError</c>, or null.</param>
public sealed record GraphError(string Code, string Message, string? RequestId)
{
    /// <summary>Reads the body of an answer; null where it is none of Graph's (a proxy's page, an empty body).</summary>
    internal static GraphError? TryRead(byte[] body)
    {
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("error", out JsonElement error)
                || error.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            string? requestId = error.TryGetProperty("innerError", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object
                ? inner.Text("request-id")
                : null;
            return new GraphError(error.Text("code") ?? string.Empty, error.Text("message") ?? string.Empty, requestId);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
