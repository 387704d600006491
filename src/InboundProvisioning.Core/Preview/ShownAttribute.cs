using System.Collections.Generic;

namespace InboundProvisioning.Preview;

/// <summary>One attribute of a user, as a mapping makes it from a row, and where it comes from.</summary>
public sealed record ShownAttribute
{
    /// <summary>The person's externalId; null where the row gives none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The number of the row in its file, or of the object, from 1; the header does not count.</summary>
    public long Row { get; init; }

    /// <summary>Where the row stands: file and line, or number of the object.</summary>
    public string Place { get; init; } = string.Empty;

    /// <summary>The attribute, as a path: <c>name.givenName</c>, <c>addresses[0].country</c>, or URN, colon and name.</summary>
    public string Attribute { get; init; } = string.Empty;

    /// <summary>The value that goes out, as text; null where there is none.</summary>
    public string? Value { get; init; }

    /// <summary>The value as it stands in the JSON: <c>"true"</c> is a text, <c>true</c> a Boolean; null where the attribute is left out.</summary>
    public string? Json { get; init; }

    /// <summary>The type that the attribute has in its schema (RFC 7643, section 2.3); null where no schema is known.</summary>
    public string? Type { get; init; }

    /// <summary>What gives the value.</summary>
    public ValueOrigin Origin { get; init; }

    /// <summary>The column, the script block or the constant, as the mapping has it.</summary>
    public string Mapping { get; init; } = string.Empty;

    /// <summary>The columns that it reads, each with what the row has there.</summary>
    public IReadOnlyList<ShownColumn> Columns { get; init; } = [];

    /// <summary>What is wrong, each a sentence; empty where nothing is.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Attribute} = {Json}";
}
