using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace InboundProvisioning.Sync.Changes;

/// <summary>The attributes that change for a person, in 9 bytes each, as a change store keeps them.</summary>
internal static class ChangedAttributes
{
    private const int Size = 9;

    public static byte[] Encode(IReadOnlyList<ChangedAttribute> attributes)
    {
        byte[] bytes = new byte[attributes.Count * Size];
        for (int i = 0; i < attributes.Count; i++)
        {
            Span<byte> one = bytes.AsSpan(i * Size, Size);
            BinaryPrimitives.WriteInt32LittleEndian(one, attributes[i].Place);
            one[4] = attributes[i].IsCleared ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt32LittleEndian(one.Slice(5), attributes[i].Digest);
        }

        return bytes;
    }

    public static ChangedAttribute[] Decode(byte[] bytes)
    {
        var attributes = new ChangedAttribute[bytes.Length / Size];
        for (int i = 0; i < attributes.Length; i++)
        {
            ReadOnlySpan<byte> one = bytes.AsSpan(i * Size, Size);
            attributes[i] = new ChangedAttribute(
                BinaryPrimitives.ReadInt32LittleEndian(one), one[4] != 0, BinaryPrimitives.ReadUInt32LittleEndian(one.Slice(5)));
        }

        return attributes;
    }
}
