using System;

namespace InboundProvisioning.Graph;

/// <summary>A call of Microsoft Graph that ended in an error, retries included.</summary>
public sealed class GraphException : InboundProvisioningException
{
    internal GraphException(string errorId, FaultKind kind, string message)
        : base(errorId, kind, message)
    {
    }

    /// <summary>The HTTP status of the last answer, or null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Graph's code of the error, or null.</summary>
    public string? Code { get; init; }

    /// <summary>The service's id of the request, to give to Microsoft's support; or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>Our id of the request; or null.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>How many attempts were made.</summary>
    public int Attempts { get; init; }

    /// <summary>From the first attempt to the end, waits included.</summary>
    public TimeSpan Duration { get; init; }
}
