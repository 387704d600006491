namespace InboundProvisioning.Emulator.Logs;

/// <summary>How an event or a step ended. In JSON the names begin with a small letter.</summary>
internal enum ProvisioningResult
{
    Success,
    Failure,
    Skipped,
    Warning,
}
