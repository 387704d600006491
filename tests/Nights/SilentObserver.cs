using System;
using InboundProvisioning.Conversion;
using InboundProvisioning.Graph;
using InboundProvisioning.Scim;
using InboundProvisioning.Sync;
using InboundProvisioning.Upload;

namespace InboundProvisioning.Nights;

/// <summary>Looks on at a nightly run whose records are all good, and says nothing. Shared by the programs that run nights.</summary>
internal sealed class SilentObserver : ISyncObserver, IConversionObserver
{
    public void OnPhase(SyncPhase phase, long done, long total)
    {
    }

    public void OnOutcome(BulkUploadOutcome outcome)
    {
    }

    public void OnProgress(UploadProgress progress)
    {
    }

    public void OnWarning(string text)
    {
    }

    public void OnDetail(string text)
    {
    }

    public void Report(RetryNotice value)
    {
    }

    public void OnRequest(BulkRequest request) => throw new InvalidOperationException("Records do not become requests here.");

    public void OnRejected(RejectedRow row) => throw new InvalidOperationException(row.ToString());

    public void OnFurtherRejected(RejectionCount count) => throw new InvalidOperationException(count.ToString());

    public void OnFileFault(InboundProvisioningException fault) => throw fault;

    public void OnProgress(ConversionProgress progress)
    {
    }
}
