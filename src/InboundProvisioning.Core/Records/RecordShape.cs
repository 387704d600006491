using System;
using System.Collections.Generic;
using System.Text.Json;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Records;

/// <summary>
/// What records of the same attributes have in common: their JSON with a gap in place of each value. A record is its shape and its
/// values.
/// </summary>
internal sealed class RecordShape
{
    /// <summary>Stands in the skeleton where a value belongs; JSON itself never has it.</summary>
    public const byte Gap = 0;

    private const string ManagerAttribute = ScimSchemas.EnterpriseUserUrn + ":manager";

    private readonly Dictionary<string, int> _places;

    /// <param name="id">Its number within a state.</param>
    /// <param name="skeleton">The JSON with gaps.</param>
    public RecordShape(int id, byte[] skeleton)
    {
        Id = id;
        Skeleton = skeleton;
        Attributes = ReadAttributes(skeleton);
        _places = new Dictionary<string, int>(Attributes.Count, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < Attributes.Count; i++)
        {
            _places[Attributes[i]] = i;
        }

        ExternalId = PlaceOf("externalId");
        UserName = PlaceOf("userName");
        Active = PlaceOf("active");
        Manager = Math.Max(PlaceOf(ManagerAttribute + ".value"), PlaceOf(ManagerAttribute));
    }

    /// <summary>Its number within a state.</summary>
    public int Id { get; }

    /// <summary>The JSON with gaps.</summary>
    public byte[] Skeleton { get; }

    /// <summary>
    /// The attributes of the values, in their order: <c>title</c>, <c>name.givenName</c>, <c>emails[type eq "work"].value</c>, or with
    /// the URN of an extension before them (RFC 7644 section 3.10).
    /// </summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>The place of externalId; -1 where there is none.</summary>
    public int ExternalId { get; }

    /// <summary>The place of userName; -1 where there is none.</summary>
    public int UserName { get; }

    /// <summary>The place of active; -1 where there is none.</summary>
    public int Active { get; }

    /// <summary>The place of the externalId of the manager (RFC 7643 section 4.3); -1 where there is none.</summary>
    public int Manager { get; }

    /// <summary>The place of an attribute among the values, case does not matter (RFC 7643 section 2.1); -1 where the shape has none.</summary>
    public int PlaceOf(string attribute) => _places.TryGetValue(attribute, out int place) ? place : -1;

    private static List<string> ReadAttributes(byte[] skeleton)
    {
        var json = new List<byte>(skeleton.Length * 2);
        foreach (byte one in skeleton)
        {
            if (one == Gap)
            {
                json.AddRange("null"u8.ToArray());
            }
            else
            {
                json.Add(one);
            }
        }

        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        var attributes = new List<string>();
        ReadObject(document.RootElement, string.Empty, string.Empty, isElement: false, attributes);
        return attributes;
    }

    private static void ReadObject(JsonElement parent, string path, string separator, bool isElement, List<string> attributes)
    {
        foreach (JsonProperty property in parent.EnumerateObject())
        {
            if (!RecordReader.IsStructure(property.Name, isRoot: path.Length == 0, isElement))
            {
                // The attributes of an extension follow its URN behind a colon: RFC 7644 section 3.10.
                bool isUrn = path.Length == 0 && property.Name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase);
                ReadValue(property.Value, path + separator + property.Name, isUrn ? ":" : ".", attributes);
            }
        }
    }

    private static void ReadValue(JsonElement value, string path, string separator, List<string> attributes)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                ReadObject(value, path, separator, isElement: false, attributes);
                break;
            case JsonValueKind.Array:
                int place = 0;
                foreach (JsonElement element in value.EnumerateArray())
                {
                    string name = path + Selector(element, place++);
                    if (element.ValueKind == JsonValueKind.Object)
                    {
                        ReadObject(element, name, ".", isElement: true, attributes);
                    }
                    else
                    {
                        ReadValue(element, name, ".", attributes);
                    }
                }

                break;
            default:
                attributes.Add(path);
                break;
        }
    }

    private static string Selector(JsonElement element, int place)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.NameEquals("type") && property.Value.ValueKind == JsonValueKind.String)
                {
                    return $"[type eq \"{property.Value.GetString()}\"]";
                }
            }
        }

        return FormattableString.Invariant($"[{place}]");
    }
}
