namespace InboundProvisioning.Sync.Changes;

/// <summary>A change on its way.</summary>
/// <param name="Key">The person.</param>
/// <param name="Kind">What kind of change it is.</param>
/// <param name="Attributes">The attributes that change: <see cref="ChangedAttributes"/>.</param>
/// <param name="Data">The complete record, as it is sent.</param>
/// <param name="Held">Why it is held back; null where it goes.</param>
internal readonly record struct StoredChange(long Key, ChangeKind Kind, byte[] Attributes, byte[] Data, string? Held);
