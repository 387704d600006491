namespace InboundProvisioning.Jobs;

/// <summary>What a job says of an error: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationerror.</summary>
/// <param name="Code">The code.</param>
/// <param name="Message">The service's words.</param>
/// <param name="TenantActionable">Whether an administrator of the tenant can do something about it.</param>
public sealed record SynchronizationFault(string? Code, string? Message, bool TenantActionable)
{
    /// <inheritdoc/>
    public override string ToString() => (Code, Message) switch
    {
        (null, null) => "unknown error",
        (null, _) => Message,
        (_, null) => Code,
        _ => $"{Code}: {Message}",
    };
}
