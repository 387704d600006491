using System.Collections.Generic;
using System.Text.Json;

namespace InboundProvisioning.Logs;

/// <summary>
/// Someone or something that an event is about: the record, the account, a system, the app, who set it off. See
/// https://learn.microsoft.com/graph/api/resources/provisionedidentity.
/// </summary>
public sealed record LogIdentity
{
    /// <summary>The id; of a record its externalId.</summary>
    public string? Id { get; init; }

    /// <summary>The name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The kind, such as <c>User</c>; null where the service has none.</summary>
    public string? IdentityType { get; init; }

    /// <summary>What the service tells beyond that.</summary>
    public IReadOnlyDictionary<string, string?> Details { get; init; } = new Dictionary<string, string?>();

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(DisplayName) ? Id ?? string.Empty : $"{DisplayName} ({Id})";

    internal static LogIdentity Read(JsonElement parent, string name)
    {
        JsonElement identity = LogJson.Object(parent, name);
        return new LogIdentity
        {
            Id = LogJson.Text(identity, "id"),
            DisplayName = LogJson.Text(identity, "displayName"),
            IdentityType = LogJson.Text(identity, "identityType") ?? LogJson.Text(identity, "initiatorType"),
            Details = LogJson.Details(identity),
        };
    }
}
