using System;
using System.Buffers.Binary;
using System.IO.Hashing;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion.Persons;

/// <summary>An externalId in 80 bits, the same for ids that differ in case only: <see cref="FoldedExternalId"/>.</summary>
/// <param name="Key">64 bits, never zero.</param>
/// <param name="Low">16 bits more.</param>
internal readonly record struct ExternalIdFingerprint(ulong Key, ushort Low)
{
    /// <summary>The fingerprint of an externalId.</summary>
    /// <param name="token">The externalId as a JSON string, with its quotes.</param>
    public static ExternalIdFingerprint Of(ReadOnlySpan<byte> token)
    {
        Span<byte> buffer = stackalloc byte[FoldedExternalId.BufferSize];
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(FoldedExternalId.OfToken(token, buffer), hash);
        return new ExternalIdFingerprint(
            Math.Max(BinaryPrimitives.ReadUInt64LittleEndian(hash), 1), BinaryPrimitives.ReadUInt16LittleEndian(hash.Slice(sizeof(ulong))));
    }
}
