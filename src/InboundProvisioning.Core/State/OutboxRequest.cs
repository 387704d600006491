namespace InboundProvisioning.State;

/// <summary>A request of the outbox.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Body">The bulk request, as it goes.</param>
internal sealed record OutboxRequest(long Id, byte[] Body);
