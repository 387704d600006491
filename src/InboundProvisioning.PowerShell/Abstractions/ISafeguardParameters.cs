using InboundProvisioning.Sync.Safeguards;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>The limits of a synchronization.</summary>
internal interface ISafeguardParameters
{
    SafeguardLimit? DisableLimit { get; }

    SafeguardLimit? MissingLimit { get; }

    SafeguardLimit? ShrinkLimit { get; }

    SafeguardLimit? CreateLimit { get; }

    SafeguardLimit? ClearLimit { get; }

    SafeguardLimit? AttributeChangeLimit { get; }

    SafeguardLimit? UserNameChangeLimit { get; }

    SafeguardLimit? RejectLimit { get; }
}
