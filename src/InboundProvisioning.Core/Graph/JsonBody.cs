using System;
using System.IO;
using System.Text.Json;

namespace InboundProvisioning.Graph;

/// <summary>Makes the body of a call.</summary>
internal static class JsonBody
{
    /// <summary>An object as JSON, in UTF-8.</summary>
    /// <param name="members">Writes its members.</param>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
