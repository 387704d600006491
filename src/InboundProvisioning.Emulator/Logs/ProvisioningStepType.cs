namespace InboundProvisioning.Emulator.Logs;

/// <summary>What a step does. In JSON the names begin with a small letter.</summary>
internal enum ProvisioningStepType
{
    Import,
    Scoping,
    Matching,
    Processing,
    ReferenceResolution,
    Export,
}
