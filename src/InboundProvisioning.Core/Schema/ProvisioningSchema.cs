using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Schema;

/// <summary>
/// The synchronization schema of a job: its directories and rules, as the bytes that came. See
/// https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationschema.
/// </summary>
public sealed class ProvisioningSchema
{
    internal ProvisioningSchema(byte[] utf8)
        : this(SchemaText.Parse(utf8))
    {
    }

    private ProvisioningSchema(SchemaText text) => Text = text;

    internal SchemaText Text { get; }

    /// <summary>Reads a schema that was saved to a file: from here, from the portal, or from Graph Explorer.</summary>
    /// <param name="path">The file, in UTF-8, or with the byte order mark of UTF-16.</param>
    /// <exception cref="InboundProvisioningException"><c>InvalidSchemaFile</c>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ProvisioningSchema Load(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length > 1 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
        {
            Encoding encoding = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            bytes = Encoding.UTF8.GetBytes(encoding.GetString(bytes, 2, bytes.Length - 2));
        }

        return Parse(bytes, path);
    }

    /// <summary>Reads a schema from text, such as what Export-ProvisioningSchema writes to the pipeline.</summary>
    /// <exception cref="InboundProvisioningException"><c>InvalidSchemaFile</c>.</exception>
    public static ProvisioningSchema Parse(string json) => Parse(Encoding.UTF8.GetBytes(json), "The text");

    /// <summary>The schema as it came, in UTF-8.</summary>
    public byte[] ToBytes() => (byte[])Text.Bytes.Clone();

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Text.Bytes);

    /// <summary>Whether another schema is the same, byte for byte, aside from <c>@odata.context</c>.</summary>
    public bool IsSameAs(ProvisioningSchema other) => Text.WithoutContext().AsSpan().SequenceEqual(other.Text.WithoutContext());

    /// <summary>What another schema has otherwise, a line for each: what is added, removed and changed.</summary>
    public IReadOnlyList<string> DifferencesFrom(ProvisioningSchema before) => SchemaDifference.Between(before.Text, Text);

    /// <summary>
    /// The custom extensions of the records that the job takes in, with the types of their attributes. SCIM's own extensions are not
    /// among them: RFC 7643 has their types. Where several inbound rules differ on a type, the attribute has none.
    /// </summary>
    /// <exception cref="InboundProvisioningException"><c>InboundRuleNotFound</c>.</exception>
    public IReadOnlyList<ScimSchema> Extensions() =>
    [
        .. new InboundMappingFinder(Text).FindAll(null)
            .SelectMany(inbound => Text.Items(inbound.SourceObject, "attributes"))
            .Select(ExtensionAttribute)
            .Where(static attribute => attribute.Urn is not null)
            .GroupBy(static attribute => attribute.Urn!, StringComparer.OrdinalIgnoreCase)
            .Select(static extension => new ScimSchema(
                extension.Key,
                [
                    .. extension.GroupBy(static item => item.Attribute!.Name, StringComparer.OrdinalIgnoreCase)
                        .Where(static same => same.Select(static item => item.Attribute!.Type).Distinct().Count() == 1)
                        .Select(static same => same.First().Attribute!),
                ])),
    ];

    /// <summary>Which of these attributes the inbound rule's source object does not have.</summary>
    /// <param name="names">The names, each with its URN.</param>
    /// <param name="ruleName">The name or id of the rule, or null for the only one.</param>
    /// <exception cref="InboundProvisioningException"><c>InboundRuleNotFound</c> or <c>SeveralInboundRules</c>.</exception>
    public IReadOnlyList<string> MissingAttributes(IEnumerable<string> names, string? ruleName)
    {
        var present = new HashSet<string?>(
            Text.Items(new InboundMappingFinder(Text).Find(ruleName).SourceObject, "attributes").Select(attribute => Text.Text(attribute, "name")));
        return [.. names.Where(name => !present.Contains(name))];
    }

    private (string? Urn, ScimAttribute? Attribute) ExtensionAttribute(SchemaNode definition)
    {
        string name = Text.Text(definition, "name") ?? string.Empty;
        int end = name.LastIndexOf(':');
        return end > 0
            && ScimSchemas.IsUrn(name)
            && ScimSchemas.Find(name.Substring(0, end)) is null
            && Enum.TryParse(Text.Text(definition, "type"), ignoreCase: true, out ScimAttributeType type)
            ? (name.Substring(0, end), new ScimAttribute(name.Substring(end + 1), type, Text.IsTrue(definition, "multivalued"), readOnly: false, [], []))
            : default;
    }

    private static ProvisioningSchema Parse(byte[] utf8, string source)
    {
        SchemaText text;
        try
        {
            text = SchemaText.Parse(utf8);
        }
        catch (JsonException exception)
        {
            throw new InboundProvisioningException(
                "InvalidSchemaFile",
                FaultKind.InvalidData,
                $"{source} is no JSON object: {exception.Message} Give a file of Export-ProvisioningSchema, or a schema that was downloaded in the portal.",
                source,
                exception);
        }

        return text.Find(text.Root, "directories") is { Kind: JsonTokenType.StartArray }
            && text.Find(text.Root, "synchronizationRules") is { Kind: JsonTokenType.StartArray }
            ? new ProvisioningSchema(text)
            : throw new InboundProvisioningException(
                "InvalidSchemaFile",
                FaultKind.InvalidData,
                $"{source} holds no synchronization schema: directories or synchronizationRules are missing. Give a file of Export-ProvisioningSchema -As Json.",
                source);
    }
}
