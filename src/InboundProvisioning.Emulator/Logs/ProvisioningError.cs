namespace InboundProvisioning.Emulator.Logs;

/// <summary>Why an object was not provisioned: https://learn.microsoft.com/graph/api/resources/provisioningerrorinfo</summary>
internal sealed record ProvisioningError(string ErrorCode, string Reason, string? RecommendedAction);
