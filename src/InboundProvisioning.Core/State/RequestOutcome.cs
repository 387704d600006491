using System;

namespace InboundProvisioning.State;

/// <summary>What the service said to a request.</summary>
/// <param name="State">Accepted, refused, or in doubt where no answer came.</param>
/// <param name="Status">The HTTP status; 0 for none.</param>
/// <param name="RequestId">The service's id of the request, or null.</param>
/// <param name="AnsweredOn">When.</param>
/// <param name="ErrorId">The id of the fault, or null.</param>
/// <param name="Attempts">How many calls it took.</param>
internal sealed record RequestOutcome(RequestState State, int Status, string? RequestId, DateTimeOffset AnsweredOn, string? ErrorId, int Attempts);
