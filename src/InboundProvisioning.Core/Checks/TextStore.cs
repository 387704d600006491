using System;
using System.Collections.Generic;
using System.Text;

namespace InboundProvisioning.Checks;

/// <summary>Many short texts in few bytes: UTF-8 with the length before it, in blocks.</summary>
internal sealed class TextStore
{
    private const int BlockSize = 1 << 20;
    private const int MostKept = ushort.MaxValue;

    private readonly List<byte[]> _blocks = [];
    private int _used = BlockSize;

    /// <summary>Keeps a text; beyond 65,535 bytes its beginning.</summary>
    /// <returns>Where it is.</returns>
    public long Add(ReadOnlySpan<byte> text)
    {
        text = text.Slice(0, Math.Min(text.Length, MostKept));
        if (_used + text.Length + 2 > BlockSize)
        {
            _blocks.Add(new byte[BlockSize]);
            _used = 0;
        }

        byte[] block = _blocks[_blocks.Count - 1];
        long place = ((long)(_blocks.Count - 1) * BlockSize) + _used;
        block[_used] = (byte)text.Length;
        block[_used + 1] = (byte)(text.Length >> 8);
        text.CopyTo(block.AsSpan(_used + 2));
        _used += text.Length + 2;
        return place;
    }

    /// <summary>A text.</summary>
    public string Get(long place)
    {
        byte[] block = _blocks[(int)(place / BlockSize)];
        int start = (int)(place % BlockSize);
        return Encoding.UTF8.GetString(block, start + 2, block[start] | (block[start + 1] << 8));
    }
}
