using System;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace InboundProvisioning.Records;

/// <summary>The bytes of a record in 128 bits: records of one fingerprint are taken for the same.</summary>
/// <param name="High">64 bits.</param>
/// <param name="Low">64 bits.</param>
internal readonly record struct RecordFingerprint(long High, long Low)
{
    /// <summary>The fingerprint of a SCIM user.</summary>
    /// <param name="data">The user in UTF-8.</param>
    public static RecordFingerprint Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(data, hash);
        return new RecordFingerprint(BinaryPrimitives.ReadInt64LittleEndian(hash), BinaryPrimitives.ReadInt64LittleEndian(hash.Slice(8)));
    }

    /// <summary>A fingerprint of several records in any order.</summary>
    public RecordFingerprint With(RecordFingerprint other) => new(unchecked(High + other.High), unchecked(Low + other.Low));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{High:x16}{Low:x16}");
}
