using System.Collections.Generic;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Upload;

/// <summary>How it went with one bulk request of a <see cref="BulkUploadQueue"/>: accepted, refused, or not sent.</summary>
/// <param name="Index">The number of the request in the run, from 1.</param>
/// <param name="Document">The request.</param>
public sealed record BulkUploadOutcome(int Index, BulkRequestDocument Document)
{
    /// <summary>What the service answered; null where it was not called, or gave no answer at all.</summary>
    public BulkUploadResult? Result { get; init; }

    /// <summary>Why the request was not accepted; null where it was, or was not sent.</summary>
    public InboundProvisioningException? Fault { get; init; }

    /// <summary>
    /// How it went with the parts that a refused request was cut into, in the order of their operations; empty where it was not cut.
    /// </summary>
    public IReadOnlyList<BulkUploadOutcome> Parts { get; init; } = [];

    /// <summary>Whether the service has taken the request.</summary>
    public bool IsAccepted => Fault is null && Result is not null;

    /// <summary>Whether the request was held back because the run had ended.</summary>
    public bool IsUnsent => Fault is null && Result is null;

    /// <summary>Whether the fault would hit every other request too, so that the run has ended.</summary>
    public bool EndsRun { get; init; }
}
