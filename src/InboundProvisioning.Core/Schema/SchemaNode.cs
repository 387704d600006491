using System.Collections.Generic;
using System.Text.Json;

namespace InboundProvisioning.Schema;

/// <summary>A value of a JSON text, by the place of its bytes.</summary>
internal sealed class SchemaNode(JsonTokenType kind, int start)
{
    /// <summary>StartObject, StartArray, or the token of a plain value.</summary>
    public JsonTokenType Kind => kind;

    /// <summary>Where its first byte is.</summary>
    public int Start => start;

    /// <summary>After its last byte.</summary>
    public int End { get; set; }

    /// <summary>The properties of an object, in their order, repeated ones too.</summary>
    public List<SchemaProperty> Properties { get; } = kind == JsonTokenType.StartObject ? [] : None.Properties;

    /// <summary>The items of an array, in their order.</summary>
    public List<SchemaNode> Items { get; } = kind == JsonTokenType.StartArray ? [] : None.Items;

    private static class None
    {
        public static readonly List<SchemaProperty> Properties = [];

        public static readonly List<SchemaNode> Items = [];
    }
}
