using System.Text.Json.Serialization;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>The inner error of Graph's error body. Its date is UTC and has no zone.</summary>
internal sealed record GraphInnerError(
    string Date,
    [property: JsonPropertyName("request-id")] string RequestId,
    [property: JsonPropertyName("client-request-id")] string ClientRequestId);
