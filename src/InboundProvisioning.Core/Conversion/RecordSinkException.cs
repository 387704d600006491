using System;

namespace InboundProvisioning.Conversion;

/// <summary>A fault of who takes the records, which ends the run: it says nothing of the file that is being read.</summary>
public sealed class RecordSinkException : Exception
{
    /// <param name="fault">The fault.</param>
    public RecordSinkException(InboundProvisioningException fault)
        : base(fault.Message, fault)
    {
        Fault = fault;
    }

    /// <summary>The fault.</summary>
    public InboundProvisioningException Fault { get; }
}
