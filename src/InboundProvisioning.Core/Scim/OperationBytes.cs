using System;
using System.Text.Json;

namespace InboundProvisioning.Scim;

/// <summary>An operation of a bulk request as the module writes it: RFC 7644 section 3.7.</summary>
internal static class OperationBytes
{
    /// <summary>What stands before the bulkId.</summary>
    public static ReadOnlySpan<byte> Start => "{\"method\":\"POST\",\"bulkId\":"u8;

    /// <summary>What stands between the bulkId and the user.</summary>
    public static ReadOnlySpan<byte> Middle => ",\"path\":\"/Users\",\"data\":"u8;

    /// <summary>Takes an operation apart.</summary>
    /// <param name="operation">As the module writes it.</param>
    /// <param name="bulkId">The bulkId as a JSON string.</param>
    /// <param name="data">The SCIM user.</param>
    public static void Split(ReadOnlySpan<byte> operation, out ReadOnlySpan<byte> bulkId, out ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> rest = operation.Slice(Start.Length);
        int end = 1;
        while (rest[end] != (byte)'"')
        {
            end += rest[end] == (byte)'\\' ? 2 : 1;
        }

        bulkId = rest.Slice(0, end + 1);
        rest = rest.Slice(end + 1 + Middle.Length);
        data = rest.Slice(0, rest.Length - 1);
    }

    /// <summary>Writes the operation of a user, whose externalId is the bulkId too.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="data">The SCIM user, with an externalId.</param>
    public static void WriteUser(JsonBuffer json, ReadOnlySpan<byte> data)
    {
        json.WriteRaw(Start);
        json.WriteRaw(ExternalIdOf(data));
        json.WriteRaw(Middle);
        json.WriteRaw(data);
        json.WriteRaw((byte)'}');
    }

    private static ReadOnlySpan<byte> ExternalIdOf(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals("externalId"u8) || string.Equals(reader.GetString(), "externalId", StringComparison.OrdinalIgnoreCase);
            reader.Read();
            if (isIt)
            {
                return data.Slice((int)reader.TokenStartIndex, (int)reader.BytesConsumed - (int)reader.TokenStartIndex);
            }

            reader.Skip();
        }

        throw new InvalidOperationException("A record without an externalId cannot be sent.");
    }
}
