using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Records;

/// <summary>An attribute of a person before and after, as text.</summary>
/// <param name="Attribute">The attribute, as a path.</param>
/// <param name="OldValue">What was last accepted, or is in the first payload; null for nothing, and where the state keeps fingerprints only.</param>
/// <param name="NewValue">What would be sent, or is in the second payload; null for nothing.</param>
public sealed record AttributeChange(string Attribute, string? OldValue, string? NewValue)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Attribute}: '{OldValue}' -> '{NewValue}'";

    /// <summary>The attributes that differ.</summary>
    internal static IReadOnlyList<AttributeChange> Of(IEnumerable<AttributeDifference> differences) =>
        [.. differences.Select(static one => new AttributeChange(one.Attribute, Text(one.Old), Text(one.New)))];

    /// <summary>All attributes of a person who was not there before.</summary>
    internal static IReadOnlyList<AttributeChange> OfNew(UserRecord record) =>
        [.. record.Shape.Attributes.Select((name, place) => new AttributeChange(name, null, UserRecord.TextOf(record.Tokens[place])))];

    private static string? Text(byte[]? token) => token is null ? null : UserRecord.TextOf(token);
}
