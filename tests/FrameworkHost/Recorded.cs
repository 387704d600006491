using System.Collections.Generic;
using InboundProvisioning.Conversion;
using InboundProvisioning.Scim;

namespace InboundProvisioning.FrameworkHost;

/// <summary>Keeps what a conversion yields.</summary>
internal sealed class Recorded : IConversionObserver
{
    public List<string> Requests { get; } = [];

    public List<RejectedRow> Rejected { get; } = [];

    public List<InboundProvisioningException> Faults { get; } = [];

    public int Operations { get; private set; }

    public BulkRequestDirectory? Directory { get; set; }

    public void OnRequest(BulkRequest request)
    {
        using (request)
        {
            Requests.Add(Directory is null ? request.ToString() : Directory.Write(request));
            Operations += request.OperationCount;
        }
    }

    public void OnRejected(RejectedRow row) => Rejected.Add(row);

    public void OnFurtherRejected(RejectionCount count)
    {
    }

    public void OnFileFault(InboundProvisioningException fault) => Faults.Add(fault);

    public void OnProgress(ConversionProgress progress)
    {
    }
}
