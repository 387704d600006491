using System;

namespace InboundProvisioning.Conversion;

/// <summary>
/// Takes what a run of a conversion makes record by record, in place of requests: for who must look at each person before anything
/// is sent. Called in the order of the rows, on the thread of the run.
/// </summary>
public interface IRecordSink
{
    /// <summary>A row has become a record.</summary>
    /// <param name="operation">The operation of a bulk request that it makes (RFC 7644 section 3.7), UTF-8; valid during the call.</param>
    /// <exception cref="RecordSinkException">The run is to end.</exception>
    void OnRecord(ReadOnlySpan<byte> operation);

    /// <summary>A row is rejected. Its person is in the source nevertheless.</summary>
    /// <param name="externalId">The externalId as a JSON string; empty where it cannot be told.</param>
    void OnRejected(ReadOnlySpan<byte> externalId);

    /// <summary>A row is rejected whose externalId is known as text.</summary>
    void OnRejectedPerson(string externalId);
}
