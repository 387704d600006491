using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// <c>POST /$batch</c>: up to 20 calls in one, https://learn.microsoft.com/graph/json-batching
/// Each goes through the same endpoints as a call by itself. They are done in their order, which satisfies every <c>dependsOn</c>.
/// </summary>
internal sealed class BatchRequests(GraphAuthorization authorization)
{
    private const int Most = 20;

    /// <summary>Answers a batch by sending its calls on; other calls go on as they are.</summary>
    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || Version(context.Request.Path) is not { } version)
        {
            await next(context);
            return;
        }

        GraphRequestIds.Begin(context);
        await (await AnswerAsync(context, version, next)).ExecuteAsync(context);
    }

    private static string? Version(PathString path) => path.Value switch
    {
        "/v1.0/$batch" => "/v1.0",
        "/beta/$batch" => "/beta",
        _ => null,
    };

    private async Task<IResult> AnswerAsync(HttpContext context, string version, RequestDelegate next)
    {
        if (authorization.Refuse(context, CallPermissions.None) is { } refusal)
        {
            return refusal;
        }

        (JsonElement body, GraphError? fault) = await RequestJson.ReadAsync(context);
        if (fault is not null)
        {
            return fault;
        }

        if (!body.TryGetProperty("requests", out JsonElement requests) || requests.ValueKind != JsonValueKind.Array || FaultOf(requests) is not null)
        {
            return GraphError.BadRequest(
                requests.ValueKind == JsonValueKind.Array ? FaultOf(requests)! : "Invalid batch payload format: 'requests' must be a collection.");
        }

        var statuses = new Dictionary<string, int>(StringComparer.Ordinal);
        var responses = new JsonArray();
        foreach (JsonElement request in requests.EnumerateArray())
        {
            string id = request.Text("id")!;
            JsonObject response = Dependencies(request).Any(other => statuses.GetValueOrDefault(other, 424) >= 400)
                ? Failed(id)
                : await SendAsync(context, version, id, request, next);
            statuses[id] = response["status"]!.GetValue<int>();
            responses.Add(response);
        }

        return GraphJson.Ok(context, new JsonObject { ["responses"] = responses });
    }

    private static string? FaultOf(JsonElement requests)
    {
        if (requests.GetArrayLength() is 0 or > Most)
        {
            return $"Number of batch request steps must be from 1 to the maximum value of {Most}.";
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement request in requests.EnumerateArray())
        {
            if (request.ValueKind != JsonValueKind.Object
                || request.Text("id") is not { Length: > 0 } id
                || request.Text("method") is not { Length: > 0 }
                || request.Text("url") is not { Length: > 0 })
            {
                return "Invalid batch payload format: a request needs an 'id', a 'method' and a 'url'.";
            }

            if (Dependencies(request).FirstOrDefault(other => !ids.Contains(other)) is { } unknown)
            {
                return $"Request '{id}' depends on '{unknown}', which is not before it.";
            }

            if (!ids.Add(id))
            {
                return $"The request id '{id}' is there more than once.";
            }
        }

        return null;
    }

    private static IEnumerable<string> Dependencies(JsonElement request) =>
        request.TryGetProperty("dependsOn", out JsonElement others) && others.ValueKind == JsonValueKind.Array
            ? others.EnumerateArray().Select(other => other.ToString())
            : [];

    private static async Task<JsonObject> SendAsync(HttpContext outer, string version, string id, JsonElement request, RequestDelegate next)
    {
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = outer.RequestServices, RequestAborted = outer.RequestAborted };
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(new BodySize());
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        string[] halves = request.Text("url")!.Split('?', 2);
        context.Request.Scheme = outer.Request.Scheme;
        context.Request.Host = outer.Request.Host;
        context.Request.Method = request.Text("method")!.ToUpperInvariant();
        context.Request.Path = $"{version}/{Uri.UnescapeDataString(halves[0].TrimStart('/'))}";
        context.Request.QueryString = halves.Length == 2 ? new QueryString($"?{halves[1]}") : QueryString.Empty;
        context.Request.Headers.Authorization = outer.Request.Headers.Authorization;
        if (request.TryGetProperty("headers", out JsonElement headers) && headers.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty header in headers.EnumerateObject())
            {
                context.Request.Headers[header.Name] = header.Value.ToString();
            }
        }

        if (request.TryGetProperty("body", out JsonElement body))
        {
            // What is not JSON comes in base 64.
            byte[] bytes = body.ValueKind != JsonValueKind.String
                ? Encoding.UTF8.GetBytes(body.GetRawText())
                : body.TryGetBytesFromBase64(out byte[]? decoded) ? decoded : Encoding.UTF8.GetBytes(body.GetString()!);
            context.Request.Body = new MemoryStream(bytes);
            context.Request.ContentLength = bytes.Length;
        }

        await next(context);
        await context.Response.CompleteAsync();
        var response = new JsonObject
        {
            ["id"] = id,
            ["status"] = context.Response.StatusCode,
            ["headers"] = new JsonObject(context.Response.Headers.Select(header =>
                KeyValuePair.Create<string, JsonNode?>(header.Key, header.Value.ToString()))),
        };
        if (answer.Length > 0)
        {
            response["body"] = JsonNode.Parse(answer.ToArray());
        }

        return response;
    }

    private static JsonObject Failed(string id) => new()
    {
        ["id"] = id,
        ["status"] = StatusCodes.Status424FailedDependency,
        ["body"] = new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = "FailedDependency", ["message"] = "A request that this one depends on has failed." },
        },
    };

    private sealed class BodySize : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }
}
