using System.Collections.Generic;
using System.Text.Json;

using Xunit;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>What the emulator answered.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>Asserts that this is Graph's error body, and gives its message.</summary>
    public string GraphMessage(int status, string code)
    {
        Assert.Equal(status, Status);
        Assert.Equal("application/json", Headers["Content-Type"]);
        JsonElement error = Json.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        JsonElement inner = error.GetProperty("innerError");
        Assert.Equal(Headers["request-id"], inner.GetProperty("request-id").GetString());
        Assert.Equal(Headers["client-request-id"], inner.GetProperty("client-request-id").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$", inner.GetProperty("date").GetString());
        return error.GetProperty("message").GetString()!;
    }

    /// <summary>Asserts that this is the authority's error body with one code.</summary>
    public void IsTokenError(int status, string error, int code)
    {
        Assert.Equal(status, Status);
        JsonElement body = Json;
        Assert.Equal(error, body.GetProperty("error").GetString());
        Assert.Equal(code, Assert.Single(body.GetProperty("error_codes").EnumerateArray()).GetInt32());
        Assert.StartsWith($"AADSTS{code}: ", body.GetProperty("error_description").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$", body.GetProperty("timestamp").GetString());
        Assert.True(body.GetProperty("trace_id").TryGetGuid(out _));
        Assert.True(body.GetProperty("correlation_id").TryGetGuid(out _));
    }
}
