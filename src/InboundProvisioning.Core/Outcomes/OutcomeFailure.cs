namespace InboundProvisioning.Outcomes;

/// <summary>A record that the service could not bring into the directory.</summary>
/// <param name="ExternalId">The person.</param>
/// <param name="Action">What was tried.</param>
/// <param name="ErrorCode">The code of the error, or null.</param>
/// <param name="Reason">Why, in the service's words, or null.</param>
/// <param name="Remedy">What to do, or null.</param>
public sealed record OutcomeFailure(string ExternalId, string? Action, string? ErrorCode, string? Reason, string? Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => $"{ExternalId} {Action} {ErrorCode}";
}
