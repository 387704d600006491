namespace InboundProvisioning.Records;

/// <summary>An attribute of a person before and after.</summary>
/// <param name="Attribute">The attribute, as a path.</param>
/// <param name="Old">The JSON token before; null where there was none, or is not kept.</param>
/// <param name="New">The JSON token after; null where there is none.</param>
/// <param name="OldDigest">The old value in 32 bits; 0 for none.</param>
/// <param name="NewDigest">The new value in 32 bits; 0 for none.</param>
internal readonly record struct AttributeDifference(string Attribute, byte[]? Old, byte[]? New, uint OldDigest, uint NewDigest)
{
    /// <summary>Whether it becomes empty.</summary>
    public bool IsCleared => OldDigest != 0 && NewDigest == 0;
}
