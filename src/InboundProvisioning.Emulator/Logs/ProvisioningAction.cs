namespace InboundProvisioning.Emulator.Logs;

/// <summary>What a job did to an object. In JSON the names begin with a small letter.</summary>
internal enum ProvisioningAction
{
    Other,
    Create,
    Delete,
    Disable,
    Update,
    StagedDelete,
}
