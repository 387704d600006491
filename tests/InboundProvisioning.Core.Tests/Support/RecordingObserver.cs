using System.Collections.Generic;
using InboundProvisioning.Conversion;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Core.Tests.Support;

/// <summary>Keeps what a conversion yields.</summary>
internal sealed class RecordingObserver : IConversionObserver
{
    public List<string> Requests { get; } = [];

    public List<RejectedRow> Rejected { get; } = [];

    public List<RejectionCount> FurtherRejected { get; } = [];

    public List<InboundProvisioningException> FileFaults { get; } = [];

    public List<ConversionProgress> Progress { get; } = [];

    public int Operations { get; private set; }

    public void OnRequest(BulkRequest request)
    {
        using (request)
        {
            Requests.Add(request.ToString());
            Operations += request.OperationCount;
        }
    }

    public void OnRejected(RejectedRow row) => Rejected.Add(row);

    public void OnFurtherRejected(RejectionCount count) => FurtherRejected.Add(count);

    public void OnFileFault(InboundProvisioningException fault) => FileFaults.Add(fault);

    public void OnProgress(ConversionProgress progress) => Progress.Add(progress);
}
