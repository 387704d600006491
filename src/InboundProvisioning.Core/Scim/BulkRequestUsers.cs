using System;
using System.Collections.Generic;
using System.Text.Json;

namespace InboundProvisioning.Scim;

/// <summary>The users of a bulk request that the module made.</summary>
internal static class BulkRequestUsers
{
    /// <summary>The <c>data</c> of each operation, in their order.</summary>
    /// <param name="request">A bulk request (RFC 7644 section 3.7), UTF-8.</param>
    public static List<ReadOnlyMemory<byte>> Of(byte[] request)
    {
        var users = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(request);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("Operations"u8))
            {
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("data"u8))
                {
                    reader.Read();
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    users.Add(request.AsMemory(start, (int)reader.BytesConsumed - start));
                }
            }

            break;
        }

        return users;
    }
}
