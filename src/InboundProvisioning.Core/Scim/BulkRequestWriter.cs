using System;

namespace InboundProvisioning.Scim;

/// <summary>Gathers operations into bulk requests of at most so many operations and so many bytes. RFC 7644, section 3.7.</summary>
internal sealed class BulkRequestWriter : IDisposable
{
    private const int EndLength = 22;

    private readonly int _operationsPerRequest;
    private readonly int _maxBytes;
    private readonly JsonBuffer _json = new();
    private readonly JsonBuffer _carried = new();
    private int _operations;
    private int _requests;
    private int _operationStart;

    /// <param name="operationsPerRequest">1 to 50 operations.</param>
    /// <param name="maxBytes">The largest request, in bytes.</param>
    public BulkRequestWriter(int operationsPerRequest, int maxBytes)
    {
        _operationsPerRequest = operationsPerRequest;
        _maxBytes = maxBytes;
        Begin();
    }

    private static ReadOnlySpan<byte> Start =>
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":["u8;

    private static ReadOnlySpan<byte> End => "],\"failOnErrors\":null}"u8;

    /// <summary>Where the operation that <see cref="BeginOperation"/> began is written.</summary>
    public JsonBuffer Json => _json;

    /// <summary>The largest operation, in bytes, that fits into a request of its own.</summary>
    public int MaxOperationBytes => _maxBytes - Start.Length - EndLength;

    public void BeginOperation()
    {
        _operationStart = _json.Length;
        if (_operations > 0)
        {
            _json.WriteRaw((byte)',');
        }
    }

    /// <summary>Takes back what has been written since <see cref="BeginOperation"/>.</summary>
    public void DropOperation() => _json.Length = _operationStart;

    /// <summary>The operation that is being written.</summary>
    public ReadOnlySpan<byte> Operation => _json.Written.Slice(_operationStart + (_operations > 0 ? 1 : 0));

    /// <summary>Bytes of the operation that is being written.</summary>
    public int OperationBytes => Operation.Length;

    /// <summary>Ends the operation; answers a request when that is full.</summary>
    public BulkRequest? EndOperation()
    {
        if (_operations > 0 && _json.Length + EndLength > _maxBytes)
        {
            _carried.Length = 0;
            _carried.WriteRaw(_json.Written.Slice(_operationStart + 1));
            _json.Length = _operationStart;
            BulkRequest request = Finish();
            _json.WriteRaw(_carried.Written);
            _operations = 1;
            return request;
        }

        _operations++;
        return _operations == _operationsPerRequest ? Finish() : null;
    }

    /// <summary>The last request, or null when no operation is left.</summary>
    public BulkRequest? EndRun() => _operations > 0 ? Finish() : null;

    public void Dispose()
    {
        _json.Dispose();
        _carried.Dispose();
    }

    private BulkRequest Finish()
    {
        _json.WriteRaw(End);
        byte[] bytes = _json.Detach(out int length);
        var request = new BulkRequest(++_requests, _operations, bytes, length);
        Begin();
        return request;
    }

    private void Begin()
    {
        _operations = 0;
        _json.WriteRaw(Start);
    }
}
