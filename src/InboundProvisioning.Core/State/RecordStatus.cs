namespace InboundProvisioning.State;

/// <summary>What became of a person's record, as far as it is known.</summary>
public enum RecordStatus
{
    /// <summary>The service has accepted it, and the provisioning logs do not tell yet what became of it.</summary>
    Open = 0,

    /// <summary>The account is as the record says.</summary>
    Succeeded = 1,

    /// <summary>There was nothing to do, or the person is out of scope.</summary>
    Skipped = 2,

    /// <summary>The service could not bring it into the directory.</summary>
    Failed = 3,

    /// <summary>The last run held it back.</summary>
    HeldBack = 4,

    /// <summary>The provisioning API does not take it.</summary>
    Refused = 5,

    /// <summary>The person is not in the source any more.</summary>
    Missing = 6,

    /// <summary>It was taken as accepted without a call, and the provisioning logs tell nothing of it.</summary>
    Baseline = 7,
}
