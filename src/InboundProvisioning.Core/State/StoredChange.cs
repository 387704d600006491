namespace InboundProvisioning.State;

/// <summary>A change on its way.</summary>
/// <param name="Key">The person.</param>
/// <param name="Kind">What kind of change it is, by the order in which they go.</param>
/// <param name="Data">The complete record, as it is sent.</param>
/// <param name="Attributes">The attributes that change.</param>
/// <param name="Held">Why it is held back; null where it goes.</param>
internal readonly record struct StoredChange(long Key, int Kind, byte[] Data, byte[] Attributes, string? Held = null);
