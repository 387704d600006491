using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>
/// A page of a collection of directory objects, with <c>@odata.nextLink</c> when there are more: https://learn.microsoft.com/graph/paging
/// </summary>
internal static class CollectionPage
{
    // https://learn.microsoft.com/graph/query-parameters#top-parameter and the messages of the service.
    private const int DefaultSize = 100;
    private const int LargestSize = 999;

    /// <param name="context">The call, with <c>$top</c> and <c>$skiptoken</c>.</param>
    /// <param name="metadata">The address for <c>@odata.context</c>.</param>
    /// <param name="items">The whole collection, in an order that stays.</param>
    public static IResult Answer(HttpContext context, string metadata, IEnumerable<JsonObject> items)
    {
        IQueryCollection query = context.Request.Query;
        int size = DefaultSize;
        if (query["$top"].ToString() is { Length: > 0 } top
            && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > LargestSize))
        {
            return GraphError.BadRequest($"Invalid page size specified: '{top}'. Must be between 1 and {LargestSize} inclusive.");
        }

        int start = 0;
        if (query["$skiptoken"].ToString() is { Length: > 0 } token && !TryRead(token, out start))
        {
            return GraphError.BadRequest("The specified page token is invalid.");
        }

        JsonObject[] all = [.. items];
        JsonObject[] page = [.. all.Skip(start).Take(size + 1)];
        var body = new JsonObject { ["@odata.context"] = metadata };
        switch (query["$count"].ToString())
        {
            case "" or "false":
                break;
            case "true":
                body["@odata.count"] = all.Length;
                break;
            case var count:
                return GraphError.BadRequest($"Invalid value '{count}' for $count query option found. Valid values are 'true' or 'false'.");
        }

        if (page.Length > size)
        {
            IEnumerable<KeyValuePair<string, string>> others =
                query.Where(pair => pair.Key != "$skiptoken").Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()));
            HttpRequest request = context.Request;
            body["@odata.nextLink"] =
                $"{request.Scheme}://{request.Host}{request.Path}{new QueryBuilder(others) { { "$skiptoken", Write(start + size) } }}";
        }

        body["value"] = new JsonArray([.. page.Take(size)]);
        return GraphJson.Ok(context, body);
    }

    // Opaque on purpose: clients follow the link and do not count.
    private static string Write(int start) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"start:{start}"));

    private static bool TryRead(string token, out int start)
    {
        start = 0;
        try
        {
            string text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token));
            return text.StartsWith("start:", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out start);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
