namespace InboundProvisioning.Applications;

/// <summary>Where a provisioning app writes to.</summary>
public enum TargetSystem
{
    /// <summary>Microsoft Entra ID, for people who exist in the cloud alone.</summary>
    EntraId,

    /// <summary>An on-premises Active Directory, through the provisioning agent.</summary>
    ActiveDirectory,
}
