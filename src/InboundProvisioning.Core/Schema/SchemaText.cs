using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.Schema;

/// <summary>
/// A synchronization schema as the bytes that came, with the place of each value. It is never taken apart and put together
/// again: what is not edited goes back byte for byte, whatever it is.
/// </summary>
internal sealed class SchemaText
{
    private SchemaText(byte[] bytes, SchemaNode root)
    {
        Bytes = bytes;
        Root = root;
    }

    /// <summary>The text, in UTF-8, without a byte order mark.</summary>
    public byte[] Bytes { get; }

    /// <summary>The outermost value, an object.</summary>
    public SchemaNode Root { get; }

    /// <summary>Reads where the values are.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static SchemaText Parse(byte[] utf8)
    {
        byte[] bytes = utf8.AsSpan().StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }) ? utf8.AsSpan(3).ToArray() : utf8;
        SchemaNode? root = null;
        var open = new Stack<SchemaNode>();
        (int Start, int End) name = default;

        // A schema may be nested as deep as it likes: nothing here recurses.
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = (start, start + reader.ValueSpan.Length + 2);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop().End = start + 1;
                    break;
                default:
                    var node = new SchemaNode(reader.TokenType, start) { End = (int)reader.BytesConsumed };
                    root ??= node;
                    if (open.Count > 0)
                    {
                        Attach(open.Peek(), node, name);
                    }

                    if (node.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        open.Push(node);
                    }

                    break;
            }
        }

        return root is { Kind: JsonTokenType.StartObject } ? new SchemaText(bytes, root) : throw new JsonException("The text is no JSON object.");
    }

    /// <summary>The value of a property; where it is repeated, the last, as JSON readers commonly take it; or null.</summary>
    public SchemaNode? Find(SchemaNode node, string property)
    {
        for (int i = node.Properties.Count - 1; i >= 0; i--)
        {
            if (HasName(node.Properties[i], property))
            {
                return node.Properties[i].Value;
            }
        }

        return null;
    }

    /// <summary>The items of a property that is an array; none where it is not there or is none.</summary>
    public IReadOnlyList<SchemaNode> Items(SchemaNode node, string property) => Find(node, property)?.Items ?? [];

    /// <summary>Whether a property has this name, however it is escaped.</summary>
    public bool HasName(SchemaProperty property, string name)
    {
        var reader = new Utf8JsonReader(Bytes.AsSpan(property.NameStart, property.NameEnd - property.NameStart));
        reader.Read();
        return reader.ValueTextEquals(name);
    }

    /// <summary>The name of a property.</summary>
    public string Name(SchemaProperty property) => Decode(property.NameStart, property.NameEnd);

    /// <summary>The text of a property that is a string, or null.</summary>
    public string? Text(SchemaNode node, string property) => Find(node, property) is SchemaNode value ? Text(value) : null;

    /// <summary>The text of a string, or null where the value is none.</summary>
    public string? Text(SchemaNode node) => node.Kind == JsonTokenType.String ? Decode(node.Start, node.End) : null;

    /// <summary>Whether a property is <c>true</c>.</summary>
    public bool IsTrue(SchemaNode node, string property) => Find(node, property) is { Kind: JsonTokenType.True };

    /// <summary>A value as it stands.</summary>
    public string Raw(SchemaNode node) => Encoding.UTF8.GetString(Bytes, node.Start, node.End - node.Start);

    /// <summary>The bytes of a value.</summary>
    public ReadOnlySpan<byte> Span(SchemaNode node) => Bytes.AsSpan(node.Start, node.End - node.Start);

    /// <summary>The text without the service's own <c>@odata.context</c>, which says where an answer came from.</summary>
    public byte[] WithoutContext()
    {
        var edits = new SchemaEdits(this);
        edits.RemoveContext();
        return edits.Apply();
    }

    private static void Attach(SchemaNode container, SchemaNode node, (int Start, int End) name)
    {
        if (container.Kind == JsonTokenType.StartArray)
        {
            container.Items.Add(node);
        }
        else
        {
            container.Properties.Add(new SchemaProperty(name.Start, name.End, node));
        }
    }

    private string Decode(int start, int end)
    {
        var reader = new Utf8JsonReader(Bytes.AsSpan(start, end - start));
        reader.Read();
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8: no name that we look for, and kept as it is.
            return Encoding.UTF8.GetString(Bytes, start + 1, end - start - 2);
        }
    }
}
