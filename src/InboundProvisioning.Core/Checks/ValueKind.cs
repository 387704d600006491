namespace InboundProvisioning.Checks;

/// <summary>What a target attribute takes, beyond its length.</summary>
internal enum ValueKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A sign-in name.</summary>
    UserPrincipalName,

    /// <summary>The account name of Active Directory.</summary>
    AccountName,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A country code of ISO 3166.</summary>
    CountryCode,

    /// <summary>The country code that licences go by.</summary>
    UsageLocation,

    /// <summary>A point in time.</summary>
    DateTime,
}
