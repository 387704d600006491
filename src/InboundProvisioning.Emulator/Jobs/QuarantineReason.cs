namespace InboundProvisioning.Emulator.Jobs;

/// <summary>Why a job is in quarantine.</summary>
internal enum QuarantineReason
{
    EncounteredBaseEscrowThreshold = 0,
    EncounteredTotalEscrowThreshold = 1,
    EncounteredEscrowProportionThreshold = 2,
    EncounteredQuarantineException = 4,
    Unknown = 8,
    QuarantinedOnDemand = 16,
    TooManyDeletes = 32,
    IngestionInterrupted = 64,
}
