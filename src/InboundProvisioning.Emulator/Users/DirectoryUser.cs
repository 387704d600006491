using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace InboundProvisioning.Emulator.Users;

/// <summary>A user of the directory: its target attributes as texts.</summary>
internal sealed class DirectoryUser(Guid id)
{
    private readonly Dictionary<string, string> _attributes = new(StringComparer.OrdinalIgnoreCase);

    public Guid Id { get; } = id;

    /// <summary>The object id of the manager.</summary>
    public Guid? Manager { get; set; }

    /// <summary>The externalId of the last record of this user.</summary>
    public string SourceId { get; private set; } = "";

    public IReadOnlyDictionary<string, string> Attributes => _attributes;

    public string UserPrincipalName => _attributes.GetValueOrDefault("userPrincipalName", "");

    public string DisplayName => _attributes.GetValueOrDefault("displayName", UserPrincipalName);

    /// <summary>Only <see cref="UserDirectory"/> calls this and the next one, and keeps its indexes right.</summary>
    internal void SetSource(string sourceId) => SourceId = sourceId;

    internal void Set(string attribute, string? value)
    {
        if (value is null)
        {
            _attributes.Remove(attribute);
        }
        else
        {
            _attributes[attribute] = value;
        }
    }

    public static DirectoryUser Load(UserState kept)
    {
        var user = new DirectoryUser(kept.Id) { Manager = kept.Manager, SourceId = kept.SourceId ?? "" };
        foreach ((string attribute, string value) in kept.Attributes)
        {
            user.Set(attribute, value);
        }

        return user;
    }

    /// <summary>Booleans are booleans, all else is text.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["id"] = Id.ToString() };
        foreach ((string name, string value) in _attributes)
        {
            json[name] = value is "True" or "False" ? JsonValue.Create(value == "True") : JsonValue.Create(value);
        }

        if (Manager is { } manager)
        {
            json["manager"] = manager.ToString();
        }

        return json;
    }
}
