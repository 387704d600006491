using System;

namespace InboundProvisioning.State;

/// <summary>A person of a state, and what became of the record: no values.</summary>
public sealed record ProvisioningRecord
{
    /// <summary>The person.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What became of the record. Of several that hold, what asks for somebody's attention: refused, failed, held back, missing, in this order.</summary>
    public required RecordStatus Status { get; init; }

    /// <summary>What the service did or tried: create, update, disable and so on; null where the logs do not tell yet.</summary>
    public string? Action { get; init; }

    /// <summary>The code of the error or of the reason to skip; null where there is none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why, in the words of the service or of the run that held it back; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do about it; null where there is nothing to do.</summary>
    public string? Remedy { get; init; }

    /// <summary>Whether the record last accepted is active; null for a person of whom none was.</summary>
    public bool? IsActive { get; init; }

    /// <summary>When the service accepted the record; null where it never did.</summary>
    public DateTimeOffset? AcceptedOn { get; init; }

    /// <summary>When what became of it happened, by the service's clock; null where the logs do not tell yet.</summary>
    public DateTimeOffset? OutcomeOn { get; init; }

    /// <summary>The run that sent it or held it back; null where it was not sent, or longer ago than requests are kept.</summary>
    public long? RunId { get; init; }

    /// <summary>How often this record was sent; 0 where it was not.</summary>
    public int Attempts { get; init; }

    /// <summary>From when on a run sends it again by itself; null where none does, until the record changes.</summary>
    public DateTimeOffset? NextAttemptOn { get; init; }

    /// <summary>Since which run the person has been missing, by its time; null where the person is in the source.</summary>
    public DateTimeOffset? MissingSince { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ExternalId;
}
