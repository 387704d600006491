namespace InboundProvisioning.Emulator;

/// <summary>The licence of the tenant, which decides how many bulkUpload calls it has in 24 hours.</summary>
public enum TenantLicense
{
    /// <summary>Microsoft Entra ID P1 or P2: 2,000 calls.</summary>
    P1,

    /// <summary>Microsoft Entra ID Governance: 6,000 calls.</summary>
    Governance,
}
