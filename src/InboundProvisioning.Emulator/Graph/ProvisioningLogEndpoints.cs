using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

using InboundProvisioning.Emulator.Logs;
using InboundProvisioning.Emulator.Throttling;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>https://learn.microsoft.com/graph/api/provisioningobjectsummary-list, with the query parameters that it lists and no other.</summary>
internal sealed class ProvisioningLogEndpoints(ProvisioningLog log, GraphAuthorization authorization, ReportCalls calls)
{
    /// <summary>The size of a page, however large <c>$top</c> is.</summary>
    private const int LargestPage = 1_000;

    private static readonly string[] Parameters = ["$filter", "$orderby", "$top", "$skiptoken"];

    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root) =>
        version.MapGet("/auditLogs/provisioning", (HttpContext context) => Answer(context, root));

    private IResult Answer(HttpContext context, string root)
    {
        TimeSpan? tooSoon = calls.Arrive();
        if (authorization.Refuse(context, DocumentedPermissions.ReadProvisioningLogs) is { } refusal)
        {
            return refusal;
        }

        if (tooSoon is { } wait)
        {
            return GraphError.TooManyRequests(wait);
        }

        IQueryCollection query = context.Request.Query;
        if (query.Keys.FirstOrDefault(name => name.StartsWith('$') && !Parameters.Contains(name)) is { } unknown)
        {
            return GraphError.BadRequest($"The query parameter '{unknown}' is not supported.");
        }

        string filterText = query["$filter"].ToString();
        (LogFilter? filter, string? fault) = filterText.Length == 0 ? (null, null) : LogFilter.Parse(filterText);
        if (fault is not null)
        {
            return GraphError.BadRequest(fault);
        }

        string order = query["$orderby"].ToString();
        if (order is not ("" or "activityDateTime" or "activityDateTime asc" or "activityDateTime desc"))
        {
            return GraphError.BadRequest($"Unsupported or invalid $orderby clause '{order}'.");
        }

        string topText = query["$top"].ToString();
        int top = LargestPage;
        if (topText.Length > 0 && (!int.TryParse(topText, NumberStyles.None, CultureInfo.InvariantCulture, out top) || top == 0))
        {
            return GraphError.BadRequest($"Invalid value '{topText}' for $top query option found. The $top query option requires a positive integer value.");
        }

        string token = query["$skiptoken"].ToString();
        LogPosition? after = token.Length == 0 ? null : LogPosition.TryParse(token);
        if (token.Length > 0 && after is null)
        {
            return GraphError.BadRequest("The $skiptoken is not valid.");
        }

        // Without $orderby the newest come first. "asc" is OData's default once there is one.
        bool newestFirst = order is "" or "activityDateTime desc";
        (IReadOnlyList<ProvisioningEvent> page, bool more) = log.Read(filter, newestFirst, after, Math.Min(top, LargestPage));

        // Without $top there is one page and no link to a next one.
        string? next = more && topText.Length > 0
            ? $"{root}/auditLogs/provisioning?{Repeated(query, "$filter")}{Repeated(query, "$orderby")}{Repeated(query, "$top")}$skiptoken={LogPosition.Of(page[^1])}"
            : null;
        return GraphJson.Raw(context, Write(root, page, next));
    }

    private static string Repeated(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } value ? $"{name}={Uri.EscapeDataString(value)}&" : "";

    private static ReadOnlyMemory<byte> Write(string root, IReadOnlyList<ProvisioningEvent> page, string? next)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteString("@odata.context", $"{root}/$metadata#auditLogs/provisioning");
        if (next is not null)
        {
            writer.WriteString("@odata.nextLink", next);
        }

        writer.WriteStartArray("value");
        foreach (ProvisioningEvent one in page)
        {
            ProvisioningEventJson.Write(writer, one);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
