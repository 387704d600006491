using System;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace InboundProvisioning.Conversion.Persons;

/// <summary>
/// An externalId in 80 bits, the same for ids that differ in case only: directories compare the strings that it is matched with
/// without regard to case (caseIgnoreMatch of RFC 4517, section 4.2.11), so A1 and a1 are one account.
/// </summary>
/// <param name="Key">64 bits, never zero.</param>
/// <param name="Low">16 bits more.</param>
internal readonly record struct ExternalIdFingerprint(ulong Key, ushort Low)
{
    private const int MostOnStack = 256;

    /// <summary>The fingerprint of an externalId.</summary>
    /// <param name="token">The externalId as a JSON string, with its quotes.</param>
    public static ExternalIdFingerprint Of(ReadOnlySpan<byte> token)
    {
        Span<byte> folded = token.Length <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            byte one = token[i];
            if (one is >= 0x80 or (byte)'\\')
            {
                return OfText(TextOf(token));
            }

            folded[i] = one is >= (byte)'a' and <= (byte)'z' ? (byte)(one & ~0x20) : one;
        }

        return OfFolded(folded.Slice(1, token.Length - 2));
    }

    /// <summary>The text of an externalId.</summary>
    /// <param name="token">The externalId as a JSON string, with its quotes.</param>
    public static string TextOf(ReadOnlySpan<byte> token)
    {
        var reader = new Utf8JsonReader(token);
        reader.Read();
        return reader.GetString()!;
    }

    private static ExternalIdFingerprint OfText(string text) => OfFolded(Encoding.UTF8.GetBytes(text.ToUpperInvariant()));

    private static ExternalIdFingerprint OfFolded(ReadOnlySpan<byte> folded)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(folded, hash);
        return new ExternalIdFingerprint(
            Math.Max(BinaryPrimitives.ReadUInt64LittleEndian(hash), 1), BinaryPrimitives.ReadUInt16LittleEndian(hash.Slice(sizeof(ulong))));
    }
}
