using System;
using System.Collections.Generic;

namespace InboundProvisioning.Upload;

/// <summary>What became of one bulk request. 202 means that the service has staged it; the job's cycles decide on the records.</summary>
public sealed record BulkUploadResult
{
    /// <summary>The number of the request in this run, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>The full path of the file, or <c>InputObject</c> for strings.</summary>
    public required string Source { get; init; }

    /// <summary>The number of the document within its source, from 1.</summary>
    public required int Document { get; init; }

    /// <summary>The number of the first operation in its document, from 1: more than 1 for parts alone.</summary>
    public int FirstOperation { get; init; } = 1;

    /// <summary>Whether this is a part of a document: of one that has more than a request may have, or that was refused as a whole.</summary>
    public bool IsPart { get; init; }

    /// <summary>How many operations the request holds.</summary>
    public required int OperationCount { get; init; }

    /// <summary>The externalIds of the request's records, in their order.</summary>
    public required IReadOnlyList<string> ExternalIds { get; init; }

    /// <summary>The HTTP status of the last answer; 0 where there was none.</summary>
    public required int Status { get; init; }

    /// <summary>The status in words.</summary>
    public required string StatusText { get; init; }

    /// <summary>The object id of the service principal that the request was sent to; null where it was not accepted.</summary>
    public string? ServicePrincipalId { get; init; }

    /// <summary>The job that the request was sent to; null where it was not accepted.</summary>
    public string? JobId { get; init; }

    /// <summary>
    /// When the service accepted the request, by its own clock and to the second: outcomes of the records in the provisioning logs
    /// are later. Null where it did not.
    /// </summary>
    public DateTimeOffset? AcceptedOn { get; init; }

    /// <summary>The service's id of the request, to give to Microsoft's support; or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>Our id of the request; or null.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>Where the service reports on the job's records: its provisioning logs; or null.</summary>
    public Uri? Location { get; init; }

    /// <summary>How many attempts it took.</summary>
    public required int Attempts { get; init; }

    /// <summary>From the first attempt, waits for limits and retries included, to the answer.</summary>
    public required TimeSpan Duration { get; init; }
}
