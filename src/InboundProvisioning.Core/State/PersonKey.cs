using System;
using System.IO.Hashing;
using InboundProvisioning.Scim;

namespace InboundProvisioning.State;

/// <summary>
/// An externalId in 64 bits, the same for ids that differ in case only: <see cref="FoldedExternalId"/>. Two of a million people share
/// one with a probability below 10⁻⁷; the text beside it tells them apart.
/// </summary>
internal static class PersonKey
{
    /// <summary>The key of an externalId.</summary>
    public static long Of(string externalId) => Of(FoldedExternalId.OfText(externalId));

    /// <summary>The key of an externalId that is a JSON string.</summary>
    /// <param name="token">With its quotes.</param>
    public static long OfToken(ReadOnlySpan<byte> token)
    {
        Span<byte> buffer = stackalloc byte[FoldedExternalId.BufferSize];
        return Of(FoldedExternalId.OfToken(token, buffer));
    }

    private static long Of(ReadOnlySpan<byte> folded) => unchecked((long)XxHash3.HashToUInt64(folded));
}
