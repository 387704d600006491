namespace InboundProvisioning.Permissions;

/// <summary>What became of a permission that was to be granted.</summary>
public enum PermissionStatus
{
    /// <summary>It was granted now.</summary>
    Granted,

    /// <summary>It was there before.</summary>
    AlreadyGranted,

    /// <summary>It is missing, and would be granted.</summary>
    WhatIf,
}
