using InboundProvisioning.Scim;

namespace InboundProvisioning.Conversion;

/// <summary>Learns what a conversion yields, in order and on the thread on which it runs.</summary>
public interface IConversionObserver
{
    /// <summary>A request is full. The observer owns it and disposes it.</summary>
    void OnRequest(BulkRequest request);

    /// <summary>
    /// A row was rejected; it has been written to the reject file, if there is one. Told of the first 100 rows of each kind of fault.
    /// </summary>
    void OnRejected(RejectedRow row);

    /// <summary>More rows were rejected for one kind of fault than were told. At the end of the run.</summary>
    void OnFurtherRejected(RejectionCount count);

    /// <summary>The rest of a file cannot be read; the next file goes on.</summary>
    void OnFileFault(InboundProvisioningException fault);

    /// <summary>So much is done. Called every few thousand rows.</summary>
    void OnProgress(ConversionProgress progress);
}
