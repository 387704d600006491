using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InboundProvisioning.Schema;

/// <summary>
/// Writes the parts of a schema that the module adds, with every property of Microsoft's metadata:
/// https://learn.microsoft.com/graph/api/resources/synchronization-attributedefinition and
/// https://learn.microsoft.com/graph/api/resources/synchronization-attributemapping.
/// </summary>
internal static class SchemaJson
{
    // The relaxed encoder keeps names readable; a body of application/json is no HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Text(string value) => Write(writer => writer.WriteStringValue(value));

    public static byte[] Boolean(bool value) => Write(writer => writer.WriteBooleanValue(value));

    /// <summary>An attributeDefinition of a custom attribute.</summary>
    public static byte[] AttributeDefinition(string name, SchemaAttributeType type, bool multiValued, bool flowNullValues) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("anchor", false);
        writer.WriteBoolean("caseExact", false);
        writer.WriteNull("defaultValue");
        writer.WriteBoolean("flowNullValues", flowNullValues);
        writer.WriteBoolean("multivalued", multiValued);
        writer.WriteString("mutability", "ReadWrite");
        writer.WriteString("name", name);
        writer.WriteBoolean("required", false);
        writer.WriteString("type", type.ToString());
        WriteEmpty(writer, "apiExpressions");
        WriteEmpty(writer, "metadata");
        WriteEmpty(writer, "referencedObjects");
        writer.WriteEndObject();
    });

    /// <summary>An attributeMapping that takes an attribute as it is.</summary>
    public static byte[] AttributeMapping(string sourceAttribute, string targetAttribute) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNull("defaultValue");
        writer.WriteBoolean("exportMissingReferences", false);
        writer.WriteString("flowBehavior", "FlowWhenChanged");
        writer.WriteString("flowType", "Always");
        writer.WriteNumber("matchingPriority", 0);
        writer.WritePropertyName("source");
        WriteSource(writer, sourceAttribute);
        writer.WriteString("targetAttributeName", targetAttribute);
        writer.WriteEndObject();
    });

    /// <summary>An attributeMappingSource that takes an attribute as it is.</summary>
    public static byte[] MappingSource(string sourceAttribute) => Write(writer => WriteSource(writer, sourceAttribute));

    /// <summary>The expression of a direct mapping.</summary>
    public static string Expression(string sourceAttribute) => $"[{sourceAttribute}]";

    private static void WriteSource(Utf8JsonWriter writer, string sourceAttribute)
    {
        writer.WriteStartObject();
        writer.WriteString("expression", Expression(sourceAttribute));
        writer.WriteString("name", sourceAttribute);
        WriteEmpty(writer, "parameters");
        writer.WriteString("type", "Attribute");
        writer.WriteEndObject();
    }

    private static void WriteEmpty(Utf8JsonWriter writer, string property)
    {
        writer.WriteStartArray(property);
        writer.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            write(writer);
        }

        return stream.ToArray();
    }
}
