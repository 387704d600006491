namespace InboundProvisioning.Checks;

/// <summary>What the check itself needs of a place.</summary>
internal enum PathRole : byte
{
    None,
    ExternalId,
    UserName,
    DisplayName,
    Active,
    Manager,
    ManagerValue,
    Email,
    EmailValue,
    Country,
    Schemas,
}
