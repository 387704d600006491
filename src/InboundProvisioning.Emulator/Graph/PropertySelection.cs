using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace InboundProvisioning.Emulator.Graph;

/// <summary>OData's <c>$select</c>: https://learn.microsoft.com/graph/query-parameters#select-parameter</summary>
internal sealed class PropertySelection(string? text)
{
    private readonly string[] _names =
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [];

    /// <summary>What the context URL of the answer says of the selection.</summary>
    public string ContextSuffix => _names.Length == 0 ? "" : $"({string.Join(',', _names)})";

    /// <summary>The refusal of a selected name that an object does not have, or null.</summary>
    /// <param name="example">An object with all properties.</param>
    /// <param name="type">Its type in the metadata.</param>
    public GraphError? Refuse(JsonObject example, string type) => Array.Find(_names, name => !example.ContainsKey(name)) is { } unknown
        ? GraphError.BadRequest($"Parsing OData Select and Expand failed: Could not find a property named '{unknown}' on type 'microsoft.graph.{type}'.")
        : null;

    public JsonObject Apply(JsonObject whole) =>
        _names.Length == 0 ? whole : new JsonObject(_names.Select(name => KeyValuePair.Create(name, whole[name]?.DeepClone())));
}
