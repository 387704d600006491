using System;
using System.IO.Hashing;
using System.Text;

namespace InboundProvisioning.State;

/// <summary>
/// An externalId in 64 bits, the same for ids that differ in case only, as directories match them (caseIgnoreMatch, RFC 4517 section
/// 4.2.11). Two of a million people share one with a probability below 10⁻⁷; the text beside it tells them apart.
/// </summary>
internal static class PersonKey
{
    private const int MostOnStack = 128;

    /// <summary>The key of an externalId.</summary>
    public static long Of(string externalId)
    {
        string folded = externalId.ToUpperInvariant();
        return Of(Encoding.UTF8.GetBytes(folded));
    }

    /// <summary>The key of an externalId that is a JSON string.</summary>
    /// <param name="token">With its quotes.</param>
    public static long OfToken(ReadOnlySpan<byte> token)
    {
        ReadOnlySpan<byte> text = token.Slice(1, token.Length - 2);
        if (text.Length > MostOnStack)
        {
            return Of(Records.UserRecord.TextOf(token)!);
        }

        Span<byte> folded = stackalloc byte[MostOnStack];
        for (int i = 0; i < text.Length; i++)
        {
            byte one = text[i];
            if (one is >= 0x80 or (byte)'\\')
            {
                return Of(Records.UserRecord.TextOf(token)!);
            }

            folded[i] = one is >= (byte)'a' and <= (byte)'z' ? (byte)(one & ~0x20) : one;
        }

        return Of(folded.Slice(0, text.Length));
    }

    private static long Of(ReadOnlySpan<byte> folded) => unchecked((long)XxHash3.HashToUInt64(folded));
}
