namespace InboundProvisioning.Sync.Changes;

/// <summary>An attribute that changes for a person.</summary>
/// <param name="Place">Its number in the <see cref="AttributeBook"/>.</param>
/// <param name="IsCleared">Whether it becomes empty.</param>
/// <param name="Digest">The new value in 32 bits.</param>
internal readonly record struct ChangedAttribute(int Place, bool IsCleared, uint Digest);
