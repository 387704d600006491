using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace InboundProvisioning.Graph;

/// <summary>One page of a collection: https://learn.microsoft.com/graph/paging.</summary>
internal sealed class GraphPage : IDisposable
{
    private readonly JsonDocument _document;

    private GraphPage(JsonDocument document, IReadOnlyList<JsonElement> items, Uri? next)
    {
        _document = document;
        Items = items;
        Next = next;
    }

    /// <summary>The items; they live as long as the page.</summary>
    public IReadOnlyList<JsonElement> Items { get; }

    /// <summary><c>@odata.nextLink</c>, or null on the last page.</summary>
    public Uri? Next { get; }

    /// <summary>Reads a page.</summary>
    /// <exception cref="InboundProvisioningException"><c>AnswerNotUnderstood</c>.</exception>
    public static GraphPage Read(GraphResponse response)
    {
        JsonDocument document = response.ReadJson();
        if (!document.RootElement.TryGetProperty("value", out JsonElement value)
            || value.ValueKind != JsonValueKind.Array
            || value.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.Object))
        {
            document.Dispose();
            throw response.NotUnderstood("something that is not a collection");
        }

        Uri? next = null;
        if (document.RootElement.TryGetProperty("@odata.nextLink", out JsonElement link)
            && (link.ValueKind != JsonValueKind.String || !Uri.TryCreate(link.GetString(), UriKind.Absolute, out next)))
        {
            document.Dispose();
            throw response.NotUnderstood("a collection whose next page has no URL");
        }

        return new GraphPage(document, value.EnumerateArray().ToArray(), next);
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();
}
