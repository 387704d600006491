using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace InboundProvisioning.Scim;

/// <summary>
/// UTF-8 JSON under construction, in memory from a pool. What was written last can be taken back by setting
/// <see cref="Length"/>, which is how a bad row, an empty attribute or an operation too many leaves no trace.
/// </summary>
internal sealed class JsonBuffer : IDisposable
{
    private const int InitialSize = 64 * 1024;
    private const int LargestKept = 1024 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _length;

    /// <summary>Bytes written so far; can be set to a smaller value.</summary>
    public int Length
    {
        get => _length;
        set => _length = value;
    }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void WriteRaw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        _length += json.Length;
    }

    public void WriteRaw(byte json)
    {
        Reserve(1)[0] = json;
        _length++;
    }

    /// <summary>Repeats what stands at a place that was written before.</summary>
    public void Repeat(int start, int length)
    {
        Span<byte> target = Reserve(length);
        _bytes.AsSpan(start, length).CopyTo(target);
        _length += length;
    }

    /// <summary>Takes out bytes that were written before the last ones.</summary>
    public void Remove(int start, int length)
    {
        _bytes.AsSpan(start + length, _length - start - length).CopyTo(_bytes.AsSpan(start));
        _length -= length;
    }

    /// <summary>Takes all back. Memory that one large value has taken is not kept.</summary>
    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > LargestKept)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(InitialSize);
        }
    }

    /// <summary>Hands the bytes over to a new owner, who returns them to the shared pool, and starts anew.</summary>
    public byte[] Detach(out int length)
    {
        byte[] bytes = _bytes;
        length = _length;
        _bytes = ArrayPool<byte>.Shared.Rent(InitialSize);
        _length = 0;
        return bytes;
    }

    /// <summary>Writes a JSON string from valid UTF-8, quoted and escaped where RFC 8259 asks for it.</summary>
    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        if (IsPlain(utf8))
        {
            WritePlainString(utf8);
        }
        else
        {
            WriteEscaped(utf8);
        }
    }

    /// <summary>Writes a JSON string of which <see cref="IsPlain(ReadOnlySpan{byte})"/> is known.</summary>
    public void WritePlainString(ReadOnlySpan<byte> utf8)
    {
        Span<byte> target = Reserve(utf8.Length + 2);
        target[0] = (byte)'"';
        utf8.CopyTo(target.Slice(1));
        target[utf8.Length + 1] = (byte)'"';
        _length += utf8.Length + 2;
    }

    /// <summary>Writes a JSON string; a lone surrogate, which JSON cannot carry, is a fault of the caller's to find first.</summary>
    public void WriteString(string text)
    {
        int size = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[] rented = ArrayPool<byte>.Shared.Rent(size);
        int written = Encoding.UTF8.GetBytes(text, 0, text.Length, rented, 0);
        WriteString(rented.AsSpan(0, written));
        ArrayPool<byte>.Shared.Return(rented);
    }

    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    public void WriteNull() => WriteRaw("null"u8);

    public void WriteNumber(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out int written);
        _length += written;
    }

    /// <summary>Writes the invariant text of a number as it is, that of a binary fraction the same in both editions.</summary>
    public void WriteNumber(IFormattable value)
    {
        string text = value switch
        {
            double number => RoundTripText.Of(number),
            float number => RoundTripText.Of(number),
            _ => value.ToString(null, CultureInfo.InvariantCulture),
        };
        Span<byte> target = Reserve(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            target[i] = (byte)text[i];
        }

        _length += text.Length;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    /// <summary>
    /// Whether text is printable ASCII that JSON takes as it is. Most values are short, and eight bytes at a time show it sooner
    /// than the encoder does.
    /// </summary>
    public static bool IsPlain(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < sizeof(ulong))
        {
            return IsPlainShort(utf8);
        }

        int last = utf8.Length - sizeof(ulong);
        for (int i = 0; i < last; i += sizeof(ulong))
        {
            if (!IsPlain(BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(i))))
            {
                return false;
            }
        }

        return IsPlain(BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(last)));
    }

    private static bool IsPlainShort(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length >= sizeof(uint))
        {
            ulong start = BinaryPrimitives.ReadUInt32LittleEndian(utf8);
            ulong end = BinaryPrimitives.ReadUInt32LittleEndian(utf8.Slice(utf8.Length - sizeof(uint)));
            return IsPlain(start | (end << 32));
        }

        foreach (byte one in utf8)
        {
            if (one is < 0x20 or (byte)'"' or (byte)'\\' or >= 0x7F)
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(ulong eight)
    {
        const ulong Ones = 0x0101_0101_0101_0101;
        const ulong Highs = 0x8080_8080_8080_8080;

        // The high bit of a byte is set where that is 0x80 or more, less than 0x20, a quote, a backslash or 0x7F; a borrow out of
        // such a byte can mark its neighbour too, but never hides one.
        ulong quotes = eight ^ (Ones * '"');
        ulong backslashes = eight ^ (Ones * '\\');
        ulong deletes = eight ^ (Ones * 0x7F);
        return ((eight | (eight - (Ones * 0x20)) | (quotes - Ones) | (backslashes - Ones) | (deletes - Ones)) & Highs) == 0;
    }

    private void WriteEscaped(ReadOnlySpan<byte> utf8)
    {
        WriteRaw((byte)'"');
        while (!utf8.IsEmpty)
        {
            // One byte becomes six at the most (\u0001).
            Span<byte> target = Reserve(Math.Min(utf8.Length, 64 * 1024) * 6 + 6);
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8, target, out int consumed, out int written);
            _length += written;
            utf8 = utf8.Slice(consumed);
        }

        WriteRaw((byte)'"');
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(_length);
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + count), Math.Min(_bytes.Length, int.MaxValue / 2) * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
