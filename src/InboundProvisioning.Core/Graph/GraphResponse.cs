using System;

namespace InboundProvisioning.Graph;

/// <summary>The answer to a call, read to its end.</summary>
internal sealed record GraphResponse
{
    /// <summary>The HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>The body; empty where there is none.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Header <c>request-id</c>.</summary>
    public string? RequestId { get; init; }

    /// <summary>The <c>client-request-id</c> that the call was sent with.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>Header <c>Location</c>.</summary>
    public Uri? Location { get; init; }

    /// <summary>How long the service asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many attempts it took.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>From the first attempt, waits for limits and retries included, to the answer.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the service did what was asked.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}
