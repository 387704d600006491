using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO.Hashing;

namespace InboundProvisioning.Records;

/// <summary>
/// The values of a record in few bytes, in the order of its shape: for each a length and what kind it is, then the text of a string
/// without its quotes, or another token as it is. A null, true or false has no text.
/// </summary>
internal static class RecordValues
{
    private const int StringKind = 0;
    private const int TokenKind = 1;
    private const int WordKind = 2;
    private const int KindBits = 2;
    private const int KindMask = 3;

    private static readonly byte[][] Words = ["null"u8.ToArray(), "true"u8.ToArray(), "false"u8.ToArray()];

    /// <summary>Takes the values out of a record.</summary>
    /// <param name="data">The record.</param>
    /// <param name="values">Where its values are.</param>
    public static byte[] Encode(ReadOnlySpan<byte> data, IReadOnlyList<(int Start, int Length)> values)
    {
        int most = 0;
        for (int i = 0; i < values.Count; i++)
        {
            most += values[i].Length + 5;
        }

        byte[] bytes = new byte[most];
        int length = 0;
        for (int i = 0; i < values.Count; i++)
        {
            ReadOnlySpan<byte> token = data.Slice(values[i].Start, values[i].Length);
            int word = WordOf(token);
            if (word >= 0)
            {
                length = WriteNumber(bytes, length, (word << KindBits) | WordKind);
                continue;
            }

            bool isString = token[0] == (byte)'"';
            ReadOnlySpan<byte> text = isString ? token.Slice(1, token.Length - 2) : token;
            length = WriteNumber(bytes, length, (text.Length << KindBits) | (isString ? StringKind : TokenKind));
            text.CopyTo(bytes.AsSpan(length));
            length += text.Length;
        }

        Array.Resize(ref bytes, length);
        return bytes;
    }

    /// <summary>The values as JSON tokens, in the order of the shape.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many there are.</param>
    public static byte[][] Decode(ReadOnlySpan<byte> values, int count)
    {
        byte[][] tokens = new byte[count][];
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            int header = ReadNumber(values, ref at);
            int size = header >> KindBits;
            switch (header & KindMask)
            {
                case WordKind:
                    tokens[i] = Words[size];
                    break;
                case StringKind:
                    byte[] quoted = new byte[size + 2];
                    quoted[0] = quoted[size + 1] = (byte)'"';
                    values.Slice(at, size).CopyTo(quoted.AsSpan(1));
                    at += size;
                    tokens[i] = quoted;
                    break;
                default:
                    tokens[i] = values.Slice(at, size).ToArray();
                    at += size;
                    break;
            }
        }

        return tokens;
    }

    /// <summary>Whether a token is no value: null or the empty string, which clear an attribute alike.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> token) => token.Length == 2 || (token.Length == 4 && token[0] == (byte)'n');

    /// <summary>A token in 32 bits; 0 for one that is no value.</summary>
    public static uint Digest(ReadOnlySpan<byte> token) => IsEmpty(token) ? 0 : Math.Max((uint)XxHash3.HashToUInt64(token), 1);

    /// <summary>The digests of all values of a record, 4 bytes each.</summary>
    public static byte[] Digests(IReadOnlyList<byte[]> tokens)
    {
        byte[] digests = new byte[tokens.Count * sizeof(uint)];
        for (int i = 0; i < tokens.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(digests.AsSpan(i * sizeof(uint)), Digest(tokens[i]));
        }

        return digests;
    }

    private static int WordOf(ReadOnlySpan<byte> token) => token[0] switch
    {
        (byte)'n' => 0,
        (byte)'t' => 1,
        (byte)'f' => 2,
        _ => -1,
    };

    private static int WriteNumber(byte[] bytes, int at, int number)
    {
        uint left = (uint)number;
        while (left >= 0x80)
        {
            bytes[at++] = (byte)(left | 0x80);
            left >>= 7;
        }

        bytes[at++] = (byte)left;
        return at;
    }

    private static int ReadNumber(ReadOnlySpan<byte> values, ref int at)
    {
        uint number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = values[at++];
            number |= (uint)(one & 0x7F) << shift;
            if (one < 0x80)
            {
                return (int)number;
            }
        }
    }
}
