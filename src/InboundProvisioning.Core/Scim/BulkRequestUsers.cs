using System;
using System.Collections.Generic;
using System.Text.Json;

namespace InboundProvisioning.Scim;

/// <summary>The users of a bulk request. Names of members are found in any case, as the check of a request does.</summary>
internal static class BulkRequestUsers
{
    private const int ListDepth = 1;
    private const int OperationDepth = 2;

    /// <summary>The <c>data</c> of each operation, in their order.</summary>
    /// <param name="request">A bulk request (RFC 7644 section 3.7), UTF-8, in which nothing is wrong.</param>
    public static List<ReadOnlyMemory<byte>> Of(byte[] request)
    {
        var users = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(request);
        int operation = 0;
        while (MoveToNext(ref reader, ref operation))
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            users.Add(request.AsMemory(start, (int)reader.BytesConsumed - start));
        }

        return users;
    }

    /// <summary>Moves a reader to where the next user begins.</summary>
    /// <param name="reader">At the start of the request, or at the end of a user.</param>
    /// <param name="operation">The number of the operation; goes on with each.</param>
    /// <returns>False where there is none.</returns>
    public static bool MoveToNext(ref Utf8JsonReader reader, ref int operation)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == OperationDepth)
            {
                operation++;
            }

            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            bool isList = reader.CurrentDepth == ListDepth && Is(ref reader, "Operations"u8, "Operations");
            bool isUser = reader.CurrentDepth == OperationDepth + 1 && Is(ref reader, "data"u8, "data");
            reader.Read();
            if (isUser && reader.TokenType == JsonTokenType.StartObject)
            {
                return true;
            }

            // The list is gone through operation by operation.
            if (!isList || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
            }
        }

        return false;
    }

    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, string text) =>
        reader.ValueTextEquals(name)
        || ((reader.ValueSpan.Length == name.Length || reader.ValueIsEscaped) && string.Equals(reader.GetString(), text, StringComparison.OrdinalIgnoreCase));
}
