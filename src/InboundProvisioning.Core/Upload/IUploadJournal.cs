using InboundProvisioning.Scim;

namespace InboundProvisioning.Upload;

/// <summary>
/// Writes down each request, or part of one that was cut, before it goes and when its answer is there, so that nothing is lost with the
/// process. Called from any thread, for requests in flight at once; a fault of it ends the run before its next call.
/// </summary>
public interface IUploadJournal
{
    /// <summary>A request is about to go: on the disk when this returns.</summary>
    /// <param name="document">The request or part.</param>
    /// <exception cref="InboundProvisioningException">It cannot be written down, so it does not go.</exception>
    void OnSending(BulkRequestDocument document);

    /// <summary>What became of it is known, or is not: where the fault is one of the connection, the service may have taken it.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <exception cref="InboundProvisioningException">It cannot be written down: the request stays in doubt.</exception>
    void OnSettled(BulkUploadOutcome outcome);
}
