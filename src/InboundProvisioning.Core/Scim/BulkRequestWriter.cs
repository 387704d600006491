using System;

namespace InboundProvisioning.Scim;

/// <summary>Gathers operations into bulk requests of at most so many operations and so many bytes. RFC 7644, section 3.7.</summary>
internal sealed class BulkRequestWriter : IDisposable
{
    private readonly int _operationsPerRequest;
    private readonly int _maxBytes;
    private readonly JsonBuffer _json = new();
    private int _operations;
    private int _requests;

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

    /// <summary>The largest operation, in bytes, that fits into a request of its own.</summary>
    /// <param name="maxBytes">The largest request, in bytes.</param>
    public static int LargestOperation(int maxBytes) => maxBytes - Start.Length - End.Length;

    /// <summary>Adds an operation; answers a request when that is full.</summary>
    /// <param name="operation">The operation, no longer than <see cref="LargestOperation"/>.</param>
    public BulkRequest? Add(ReadOnlySpan<byte> operation)
    {
        BulkRequest? request = _operations > 0 && _json.Length + 1 + operation.Length + End.Length > _maxBytes ? Finish() : null;
        if (_operations > 0)
        {
            _json.WriteRaw((byte)',');
        }

        _json.WriteRaw(operation);
        _operations++;
        return request ?? (_operations == _operationsPerRequest ? Finish() : null);
    }

    /// <summary>The last request, or null when no operation is left.</summary>
    public BulkRequest? EndRun() => _operations > 0 ? Finish() : null;

    public void Dispose() => _json.Dispose();

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
