using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace InboundProvisioning.Scim;

/// <summary>
/// Cuts a stream of UTF-8 bytes into the JSON documents in it, which may follow one another with or without white space between,
/// and with byte order marks: files put together keep theirs. It reads each byte once and holds one document at a time.
/// </summary>
internal sealed class JsonDocumentSplitter
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _read;
    private JsonReaderState _state;

    /// <summary>Whether a document has begun that is not complete.</summary>
    public bool IsWithinDocument { get; private set; }

    /// <summary>How many bytes of the document at hand are there.</summary>
    public int PendingBytes => _end - _start;

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _end < bytes.Length)
        {
            MakeRoom(bytes.Length);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Takes the next document if all of it is there.</summary>
    /// <exception cref="JsonException">What is there is not JSON; the place is counted from the start of the document.</exception>
    public bool TryTake([NotNullWhen(true)] out byte[]? document)
    {
        document = null;
        if (!IsWithinDocument && !SkipWhiteSpace())
        {
            return false;
        }

        IsWithinDocument = true;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_read, _end - _read), isFinalBlock: false, _state);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                _read += (int)reader.BytesConsumed;
                document = _buffer.AsSpan(_start, _read - _start).ToArray();
                Begin(_read);
                return true;
            }
        }

        _read += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return false;
    }

    /// <summary>Forgets what is there.</summary>
    public void Clear()
    {
        _end = 0;
        Begin(0);
    }

    private void Begin(int start)
    {
        _start = start;
        _read = start;
        _state = default;
        IsWithinDocument = false;
    }

    private bool SkipWhiteSpace()
    {
        int start = _start;
        int count;
        while ((count = Skippable(start)) > 0)
        {
            start += count;
        }

        Begin(start);
        return start < _end;
    }

    // Whole characters are appended: a mark is there with all its bytes.
    private int Skippable(int at) =>
        at == _end ? 0
        : _buffer[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' ? 1
        : _buffer.AsSpan(at, _end - at).StartsWith(ByteOrderMark) ? ByteOrderMark.Length
        : 0;

    private void MakeRoom(int count)
    {
        int pending = _end - _start;
        byte[] target = _buffer.Length - pending >= count ? _buffer : new byte[Math.Max(_buffer.Length * 2, pending + count)];
        Buffer.BlockCopy(_buffer, _start, target, 0, pending);
        _buffer = target;
        _read -= _start;
        _end = pending;
        _start = 0;
    }
}
