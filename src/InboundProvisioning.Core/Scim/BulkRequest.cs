using System;
using System.Buffers;
using System.Text;

namespace InboundProvisioning.Scim;

/// <summary>
/// A SCIM bulk request, serialised: what one call of bulkUpload sends. RFC 7644, section 3.7. Its bytes lie in memory from a
/// pool until it is disposed.
/// </summary>
public sealed class BulkRequest : IDisposable
{
    private byte[]? _bytes;
    private readonly int _length;

    internal BulkRequest(int number, int operationCount, byte[] bytes, int length)
    {
        Number = number;
        OperationCount = operationCount;
        _bytes = bytes;
        _length = length;
    }

    /// <summary>The number of the request in its run, from 1.</summary>
    public int Number { get; }

    /// <summary>How many operations it holds, 1 to 50.</summary>
    public int OperationCount { get; }

    /// <summary>The JSON document, in UTF-8 without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Json =>
        _bytes is { } bytes ? bytes.AsMemory(0, _length) : throw new ObjectDisposedException(nameof(BulkRequest));

    internal ArraySegment<byte> Bytes =>
        _bytes is { } bytes ? new(bytes, 0, _length) : throw new ObjectDisposedException(nameof(BulkRequest));

    /// <summary>The JSON document as text.</summary>
    public override string ToString()
    {
        ArraySegment<byte> bytes = Bytes;
        return Encoding.UTF8.GetString(bytes.Array!, bytes.Offset, bytes.Count);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_bytes is { } bytes)
        {
            _bytes = null;
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
