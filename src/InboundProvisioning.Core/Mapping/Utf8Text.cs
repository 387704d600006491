using System;

namespace InboundProvisioning.Mapping;

/// <summary>Text under construction as UTF-8. What was written last is taken back by a smaller <see cref="Length"/>.</summary>
public sealed class Utf8Text
{
    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>Bytes written so far; can be set to a smaller value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a larger one.</exception>
    public int Length
    {
        get => _length;
        set => _length = value >= 0 && value <= _length ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>What was written so far; valid until more is.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Writes bytes that are valid UTF-8.</summary>
    public void Append(ReadOnlySpan<byte> utf8)
    {
        if (_bytes.Length - _length < utf8.Length)
        {
            Array.Resize(ref _bytes, checked(Math.Max(_bytes.Length * 2, _length + utf8.Length)));
        }

        utf8.CopyTo(_bytes.AsSpan(_length));
        _length += utf8.Length;
    }
}
