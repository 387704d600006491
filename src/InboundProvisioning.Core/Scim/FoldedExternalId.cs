using System;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.Scim;

/// <summary>
/// ExternalIds in the form in which they are compared: directories match the strings that they are matched with without regard to case
/// (caseIgnoreMatch of RFC 4517, section 4.2.11), so A1 and a1 are one account.
/// </summary>
internal static class FoldedExternalId
{
    /// <summary>The bytes that a buffer has for ids of the usual length.</summary>
    public const int BufferSize = 256;

    /// <summary>Folds an externalId.</summary>
    /// <param name="token">The externalId as a JSON string, with its quotes.</param>
    /// <param name="buffer">Takes the folded id, where it is long enough.</param>
    /// <returns>UTF-8.</returns>
    public static ReadOnlySpan<byte> OfToken(ReadOnlySpan<byte> token, Span<byte> buffer)
    {
        ReadOnlySpan<byte> text = token.Slice(1, token.Length - 2);
        Span<byte> folded = text.Length <= buffer.Length ? buffer : new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            byte one = text[i];
            if (one is >= 0x80 or (byte)'\\')
            {
                return OfText(TextOf(token));
            }

            folded[i] = one is >= (byte)'a' and <= (byte)'z' ? (byte)(one & ~0x20) : one;
        }

        return folded.Slice(0, text.Length);
    }

    /// <summary>Folds an externalId.</summary>
    /// <returns>UTF-8.</returns>
    public static byte[] OfText(string text) => Encoding.UTF8.GetBytes(text.ToUpperInvariant());

    /// <summary>The text of an externalId.</summary>
    /// <param name="token">The externalId as a JSON string, with its quotes.</param>
    public static string TextOf(ReadOnlySpan<byte> token)
    {
        var reader = new Utf8JsonReader(token);
        reader.Read();
        return reader.GetString()!;
    }
}
