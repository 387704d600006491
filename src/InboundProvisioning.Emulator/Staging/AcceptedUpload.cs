using System;

namespace InboundProvisioning.Emulator.Staging;

/// <summary>A bulk request that was accepted: an entry of what <c>GET /emulator/uploads</c> answers.</summary>
/// <param name="Number">Its place among the accepted ones, from 1.</param>
/// <param name="Time">When it was accepted, by the service's clock.</param>
/// <param name="RequestId">The <c>request-id</c> of the answer.</param>
/// <param name="ClientRequestId">The <c>client-request-id</c> that the client gave, or else the same as <paramref name="RequestId"/>.</param>
/// <param name="JobId">The job.</param>
/// <param name="Operations">How many operations it has.</param>
/// <param name="Sha256">The SHA-256 of its body, in small hexadecimal digits: identical bytes have the same.</param>
public sealed record AcceptedUpload(
    int Number, DateTimeOffset Time, string RequestId, string ClientRequestId, string JobId, int Operations, string Sha256)
{
    /// <summary>Whether its answer did not reach the client, as far as the emulator can tell: dropped by a fault, or the client had gone by then.</summary>
    public bool AnswerLost { get; init; }
}
