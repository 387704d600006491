using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
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

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="version">The routes of one version of Graph.</param>
    /// <param name="root">That version's absolute address.</param>
    public void Map(IEndpointRouteBuilder version, string root)
    {
        version.MapGet("/auditLogs/provisioning", (HttpContext context) => Answer(context, root))
            .Takes("$filter", "$orderby", "$top", "$skiptoken");

        // On no reference page, and in the published metadata and the SDKs: the key of the collection.
        version.MapGet("/auditLogs/provisioning/{eventId}", (HttpContext context, string eventId) => Get(context, root, eventId));
    }

    private GraphError? Refuse(HttpContext context)
    {
        TimeSpan? tooSoon = calls.Arrive();
        return authorization.Refuse(context, DocumentedPermissions.ReadProvisioningLogs)
            ?? (tooSoon is { } wait ? GraphError.TooManyRequests(wait) : null);
    }

    private IResult Get(HttpContext context, string root, string eventId)
    {
        if (Refuse(context) is { } refusal)
        {
            return refusal;
        }

        if (!Guid.TryParse(eventId, out Guid id) || log.Find(id) is not { } one)
        {
            return GraphError.NotFound(eventId);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            ProvisioningEventJson.Write(writer, one, $"{root}/$metadata#auditLogs/provisioning/$entity");
        }

        return GraphJson.Raw(context, buffer.WrittenMemory);
    }

    private IResult Answer(HttpContext context, string root)
    {
        if (Refuse(context) is { } refusal)
        {
            return refusal;
        }

        IQueryCollection query = context.Request.Query;
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
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
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
