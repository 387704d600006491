namespace InboundProvisioning.Emulator.Jobs;

/// <summary>Why a run failed: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationerror</summary>
internal sealed record SynchronizationError(string Code, string Message, bool TenantActionable);
