using System;
using System.Text.Json;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>Looks at the values of a multi-valued attribute, after they were written: only one may be the primary one.</summary>
internal static class PrimaryCheck
{
    /// <summary>Makes the row a fault when more than one value has <c>"primary":true</c>. RFC 7643, section 2.4.</summary>
    /// <param name="writer">What wrote them.</param>
    /// <param name="start">Where their JSON array starts.</param>
    /// <param name="path">The path of the attribute.</param>
    public static void Look(RowWriter writer, int start, string path)
    {
        // What is written of a row at fault need not be JSON.
        if (writer.Fault is not null || writer.Json.Length == start)
        {
            return;
        }

        int count = 0;
        var reader = new Utf8JsonReader(writer.Json.Written.Slice(start));
        while (reader.Read())
        {
            // In the array and in one of its objects.
            bool isPrimary = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2 && reader.ValueSpan.Length == "primary".Length
                && string.Equals(reader.GetString(), "primary", StringComparison.OrdinalIgnoreCase);
            if (isPrimary && reader.Read() && reader.TokenType == JsonTokenType.True && ++count > 1)
            {
                writer.Fail("SeveralPrimaries", path, ShapeFault.SeveralPrimaries);
                return;
            }
        }
    }
}
