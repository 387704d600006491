using System.Collections.Generic;

namespace InboundProvisioning.Upload;

/// <summary>A run of uploads that ended before all was sent. Its target and <see cref="Unsent"/> name what to send again.</summary>
public sealed class BulkUploadStoppedException : InboundProvisioningException
{
    internal BulkUploadStoppedException(string errorId, FaultKind kind, string message, IReadOnlyList<UnsentPayload> unsent)
        : base(errorId, kind, message, unsent)
    {
        Unsent = unsent;
    }

    /// <summary>What was not sent, in its order.</summary>
    public IReadOnlyList<UnsentPayload> Unsent { get; }
}
