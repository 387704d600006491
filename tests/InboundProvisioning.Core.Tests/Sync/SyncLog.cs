using System;
using System.Collections.Generic;
using InboundProvisioning.Conversion;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Scim;
using InboundProvisioning.Sync;
using InboundProvisioning.Upload;

namespace InboundProvisioning.Core.Tests.Sync;

/// <summary>Keeps what a night tells.</summary>
internal sealed class SyncLog : ISyncObserver, IConversionObserver
{
    private readonly object _gate = new();

    public List<string> Warnings { get; } = [];

    public List<BulkUploadOutcome> Outcomes { get; } = [];

    public InboundProvisioningException? FileFault { get; private set; }

    /// <summary>Is called with each outcome.</summary>
    public Action<BulkUploadOutcome>? Heard { get; set; }

    public void OnPhase(SyncPhase phase, long done, long total)
    {
    }

    public void OnOutcome(BulkUploadOutcome outcome)
    {
        Outcomes.Add(outcome);
        Heard?.Invoke(outcome);
    }

    public void OnProgress(UploadProgress progress)
    {
    }

    public void OnWarning(string text)
    {
        lock (_gate)
        {
            Warnings.Add(text);
        }
    }

    public void OnDetail(string text)
    {
    }

    public void Report(RetryNotice value)
    {
    }

    public void OnRequest(BulkRequest request) => request.Dispose();

    public void OnRejected(RejectedRow row)
    {
    }

    public void OnFurtherRejected(RejectionCount count)
    {
    }

    public void OnFileFault(InboundProvisioningException fault) => FileFault ??= fault;

    public void OnProgress(ConversionProgress progress)
    {
    }
}
