using System;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>A successful answer of Graph: OData JSON, format version 4.0.</summary>
internal static class GraphJson
{
    private const string ContentType = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static IResult Ok(HttpContext context, object body) => Json(context, body, StatusCodes.Status200OK);

    public static IResult Created(HttpContext context, object body) => Json(context, body, StatusCodes.Status201Created);

    /// <param name="context">The call.</param>
    /// <param name="body">JSON, as bytes.</param>
    public static IResult Raw(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.Headers["OData-Version"] = "4.0";
        return Results.Bytes(body, ContentType);
    }

    private static IResult Json(HttpContext context, object body, int status)
    {
        context.Response.Headers["OData-Version"] = "4.0";
        return Results.Json(body, Options, ContentType, status);
    }
}
