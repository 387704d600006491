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

    /// <summary>The first selected name that an object does not have, or null.</summary>
    public string? UnknownIn(JsonObject example) => Array.Find(_names, name => !example.ContainsKey(name));

    public JsonObject Apply(JsonObject whole) =>
        _names.Length == 0 ? whole : new JsonObject(_names.Select(name => KeyValuePair.Create(name, whole[name]?.DeepClone())));
}
