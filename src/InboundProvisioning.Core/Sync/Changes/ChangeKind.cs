namespace InboundProvisioning.Sync.Changes;

/// <summary>What becomes of a person, in the order in which the kinds go.</summary>
public enum ChangeKind : byte
{
    /// <summary>The person was active and is not any more.</summary>
    Deactivated = 0,

    /// <summary>The person is not in the source any more, and is disabled for that (<c>-MissingRecord Disable</c>).</summary>
    Missing = 1,

    /// <summary>The person is new.</summary>
    New = 2,

    /// <summary>The person was inactive and is active again.</summary>
    Reactivated = 3,

    /// <summary>Attributes differ.</summary>
    Changed = 4,

    /// <summary>The record is as it was, and goes again: the service failed at it, or nothing was heard of it.</summary>
    Again = 5,

    /// <summary>The same user, written another way: nothing is sent.</summary>
    Same = 6,
}
