using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace InboundProvisioning.Scim;

/// <summary>
/// Reads what a bulk request is made of (RFC 7644 section 3.7), in one pass over its bytes. Attribute names ignore case (RFC 7643 section 2.1): a name
/// as it is spelled counts before another case of it, and of several of the same spelling the last.
/// </summary>
internal static class BulkRequestShape
{
    private const string UsersPath = "/Users";

    /// <summary>Reads a request.</summary>
    /// <param name="json">The request, UTF-8.</param>
    /// <param name="found">Takes its operations.</param>
    /// <returns>Why it cannot be sent, or null.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A string is no valid Unicode.</exception>
    public static string? Read(byte[] json, List<BulkRequestOperation> found)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        bool isRequest = false;
        int schemasRank = 0;
        int listRank = 0;
        bool isList = false;
        string? problem = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (Counts(Rank(ref reader, "Operations"), ref listRank))
                {
                    reader.Read();
                    found.Clear();
                    isList = reader.TokenType == JsonTokenType.StartArray;
                    problem = isList ? ReadOperations(ref reader, found) : null;
                    SkipUnless(isList, ref reader);
                }
                else if (Counts(Rank(ref reader, "schemas"), ref schemasRank))
                {
                    reader.Read();
                    isRequest = NamesBulkRequest(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else
        {
            reader.Skip();
        }

        // What follows the value is no JSON.
        reader.Read();
        return !isRequest ? $"it is not a bulk request, an object whose schemas hold '{ScimSchemas.BulkRequestUrn}'"
            : !isList ? "its 'Operations' are missing or not an array"
            : found.Count == 0 ? "it has no operations"
            : problem;
    }

    private static string? ReadOperations(ref Utf8JsonReader reader, List<BulkRequestOperation> found)
    {
        string? problem = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string? own = ReadOperation(ref reader, found);
            problem ??= own is null ? null : "operation " + found.Count.ToString(CultureInfo.InvariantCulture) + own;
        }

        return problem;
    }

    private static string? ReadOperation(ref Utf8JsonReader reader, List<BulkRequestOperation> found)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            found.Add(new BulkRequestOperation(null, null));
            return " is not an object";
        }

        string? bulkId = null;
        string? method = null;
        string? path = null;
        string? externalId = null;
        bool hasData = false;
        (int BulkId, int Method, int Path, int Data) ranks = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Counts(Rank(ref reader, "bulkId"), ref ranks.BulkId))
            {
                bulkId = ReadText(ref reader);
            }
            else if (Counts(Rank(ref reader, "method"), ref ranks.Method))
            {
                method = ReadText(ref reader);
            }
            else if (Counts(Rank(ref reader, "path"), ref ranks.Path))
            {
                path = ReadText(ref reader);
            }
            else if (Counts(Rank(ref reader, "data"), ref ranks.Data))
            {
                reader.Read();
                hasData = reader.TokenType == JsonTokenType.StartObject;
                externalId = hasData ? ReadExternalId(ref reader) : null;
                SkipUnless(hasData, ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Mostly they are the same, and kept for each operation.
        externalId = externalId == bulkId ? bulkId : externalId;
        found.Add(new BulkRequestOperation(bulkId, externalId is { Length: 0 } ? null : externalId) { OtherPath = path == UsersPath ? null : path });

        // RFC 7644 section 3.7: bulkId is required with POST.
        return string.IsNullOrEmpty(bulkId) ? " has no bulkId"
            : !string.Equals(method, "POST", StringComparison.OrdinalIgnoreCase) ? " has another method than POST, the only one that the service takes"
            : !hasData ? " has no data"
            : null;
    }

    private static string? ReadExternalId(ref Utf8JsonReader reader)
    {
        string? externalId = null;
        int rank = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Counts(Rank(ref reader, "externalId"), ref rank))
            {
                externalId = ReadText(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return externalId;
    }

    private static bool NamesBulkRequest(ref Utf8JsonReader reader)
    {
        bool names = false;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            names |= reader.TokenType == JsonTokenType.String && string.Equals(reader.GetString(), ScimSchemas.BulkRequestUrn, StringComparison.OrdinalIgnoreCase);
            reader.Skip();
        }

        return names;
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text;
    }

    private static void SkipUnless(bool isRead, ref Utf8JsonReader reader)
    {
        if (!isRead)
        {
            reader.Skip();
        }
    }

    // 2 for the name as it is spelled, 1 for another case of it, 0 for another name.
    private static int Rank(ref Utf8JsonReader reader, string name)
    {
        if (!reader.ValueIsEscaped && reader.ValueSpan.Length != name.Length)
        {
            return 0;
        }

        return reader.ValueTextEquals(name) ? 2 : string.Equals(reader.GetString(), name, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
    }

    private static bool Counts(int rank, ref int before)
    {
        if (rank == 0 || (rank == 1 && before > 0) || rank < before)
        {
            return false;
        }

        before = rank;
        return true;
    }
}
